package io.millrace.lakecheck;

import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The check itself: send, wait for the consumer's commit, compare. Used by one thread. */
final class LakeCheck {

    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Kinesis's clock, which an event without a time is placed by, may differ from ours by so much. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private final Lake lake;
    private final Leases leases;
    private final Sender sender;
    private final InstantSource clock;
    private final PrintStream out;

    LakeCheck(Lake lake, Leases leases, Sender sender, InstantSource clock, PrintStream out) {
        this.lake = lake;
        this.leases = leases;
        this.sender = sender;
        this.clock = clock;
        this.out = out;
    }

    /** Whether every event is in the lake exactly once, as it was sent. */
    boolean run(List<ExpectedEvent> events, Duration timeout) throws InterruptedException {
        List<Place> places = places(events, timeout);
        Map<String, BigInteger> positions = sender.send(events);
        out.printf(
                "Sent %,d events to %d shard(s); waiting for the consumer to commit them ...%n",
                events.size(), positions.size());
        boolean committed = awaitCommit(positions, timeout);
        places.forEach(place -> place.look(lake));
        return report(events.size(), places, committed, timeout);
    }

    private List<Place> places(List<ExpectedEvent> events, Duration timeout) {
        Instant now = clock.instant();
        Map<List<String>, List<ExpectedEvent>> byPrefixes = new LinkedHashMap<>();
        Set<ByteBuffer> sent = new HashSet<>();
        for (ExpectedEvent event : events) {
            List<String> prefixes =
                    event.prefixes(now.minus(CLOCKS_APART), now.plus(timeout).plus(CLOCKS_APART));
            byPrefixes.computeIfAbsent(prefixes, unused -> new ArrayList<>()).add(event);
            sent.add(ByteBuffer.wrap(event.bytes()));
        }
        return byPrefixes.entrySet().stream()
                .map(place -> new Place(place.getKey(), place.getValue(), sent, existing(place.getKey())))
                .toList();
    }

    private List<String> existing(List<String> prefixes) {
        return prefixes.stream().flatMap(prefix -> lake.keys(prefix).stream()).toList();
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

    private boolean report(int sent, List<Place> places, boolean committed, Duration timeout) {
        int missing = places.stream().mapToInt(Place::missing).sum();
        int doubled = places.stream().mapToInt(Place::doubled).sum();
        int others = places.stream().mapToInt(Place::others).sum();
        long objects = places.stream()
                .flatMap(place -> place.objects().stream())
                .distinct()
                .count();
        out.printf(
                "Checked %,d events in %,d service-hours (%,d new objects): %,d there byte for byte, %,d missing, %,d doubled%n",
                sent, places.size(), objects, sent - missing, missing, doubled);
        if (others > 0) {
            out.printf("%,d further lines in these objects were not sent by this check%n", others);
        }
        places.stream()
                .filter(place -> place.missing() > 0 || place.doubled() > 0)
                .limit(10)
                .forEach(place -> out.printf(
                        "  %s: %d missing, %d doubled%n",
                        String.join(" or ", place.prefixes()), place.missing(), place.doubled()));
        if (!committed) {
            out.printf("The consumer's checkpoint did not pass the last event within %d s%n", timeout.toSeconds());
        }
        boolean ok = committed && missing == 0 && doubled == 0;
        out.println(ok ? "OK: every event is in the lake exactly once" : "FAILED");
        return ok;
    }
}
