package io.millrace.lakecheck;

import java.io.PrintStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The check itself: send, wait for the consumer's commit, compare. Used by one thread. */
final class LakeCheck {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Lake lake;
    private final Leases leases;
    private final Sender sender;
    private final PrintStream out;

    LakeCheck(Lake lake, Leases leases, Sender sender, PrintStream out) {
        this.lake = lake;
        this.leases = leases;
        this.sender = sender;
        this.out = out;
    }

    /** Whether every event is in the lake exactly once, as it was sent. */
    boolean run(List<ExpectedEvent> events, Duration timeout) throws InterruptedException {
        List<ServiceHour> hours = serviceHours(events);
        Map<String, BigInteger> positions = sender.send(events);
        out.printf(
                "Sent %,d events to %d shard(s); waiting for the consumer to commit them ...%n",
                events.size(), positions.size());
        boolean committed = awaitCommit(positions, timeout);
        hours.forEach(hour -> hour.look(lake));
        return report(events.size(), hours, committed, timeout);
    }

    private List<ServiceHour> serviceHours(List<ExpectedEvent> events) {
        Map<String, List<ExpectedEvent>> byPrefix = new LinkedHashMap<>();
        events.forEach(event -> byPrefix.computeIfAbsent(event.prefix(), prefix -> new ArrayList<>())
                .add(event));
        return byPrefix.entrySet().stream()
                .map(hour -> new ServiceHour(hour.getKey(), hour.getValue(), lake.keys(hour.getKey())))
                .toList();
    }

    /** After the checkpoint has passed the last event, nothing of this run can be written any more: one look settles it. */
    private boolean awaitCommit(Map<String, BigInteger> positions, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!leases.haveReached(positions)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return true;
    }

    private boolean report(int sent, List<ServiceHour> hours, boolean committed, Duration timeout) {
        int missing = hours.stream().mapToInt(ServiceHour::missing).sum();
        int doubled = hours.stream().mapToInt(ServiceHour::doubled).sum();
        int others = hours.stream().mapToInt(ServiceHour::others).sum();
        int objects = hours.stream().mapToInt(ServiceHour::objects).sum();
        out.printf(
                "Checked %,d events in %,d service-hours (%,d new objects): %,d there byte for byte, %,d missing, %,d doubled%n",
                sent, hours.size(), objects, sent - missing, missing, doubled);
        if (others > 0) {
            out.printf("%,d further lines in these objects were not sent by this check%n", others);
        }
        hours.stream()
                .filter(hour -> hour.missing() > 0 || hour.doubled() > 0)
                .limit(10)
                .forEach(hour ->
                        out.printf("  %s: %d missing, %d doubled%n", hour.prefix(), hour.missing(), hour.doubled()));
        if (!committed) {
            out.printf("The consumer's checkpoint did not pass the last event within %d s%n", timeout.toSeconds());
        }
        boolean ok = committed && missing == 0 && doubled == 0;
        out.println(ok ? "OK: every event is in the lake exactly once" : "FAILED");
        return ok;
    }
}
