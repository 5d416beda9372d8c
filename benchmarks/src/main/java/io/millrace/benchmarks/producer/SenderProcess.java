package io.millrace.benchmarks.producer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A contender in a process of its own. Reads commands from its input, a line each: {@code run EVENTS} sends as fast as it
 * goes, {@code pace EVENTS PER_SECOND} at a rate; answers each with {@code done COMMAND NANOSECONDS P50_NANOSECONDS
 * P99_NANOSECONDS} when the last event is acknowledged, the command being its number from 1.
 */
public final class SenderProcess {

    static final String DONE = "done ";

    private final Contender contender;
    private final Sender sender;
    private final String[] keys;
    private final byte[][] events = SampleEvents.make(1000);
    private volatile Round round;

    private SenderProcess(Contender contender, Target target) {
        this.contender = contender;
        this.keys = SampleEvents.keys(contender.keys());
        this.sender = contender.open(target, new Sender.Acknowledgements() {
            @Override
            public void delivered(int event) {
                round.delivered(event);
            }

            @Override
            public void failed(int event, Throwable cause) {
                round.failed(cause);
            }
        });
    }

    /** @param args contender, endpoint, stream */
    public static void main(String[] args) throws Exception {
        Target target = new Target(URI.create(args[1]), args[2]);
        SenderProcess process = new SenderProcess(Contender.named(args[0]), target);
        try (process.sender;
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            process.obey(commands);
        }
    }

    private void obey(BufferedReader commands) throws IOException, InterruptedException {
        int number = 0;
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            number++;
            System.out.println(DONE + number + " "
                    + run(Integer.parseInt(words[1]), words.length > 2 ? Integer.parseInt(words[2]) : 0));
        }
    }

    private String run(int count, int perSecond) throws InterruptedException {
        round = new Round(count, perSecond);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (perSecond > 0) {
                pace(start + i * 1_000_000_000L / perSecond);
            }
            round.due(i, perSecond > 0 ? start + i * 1_000_000_000L / perSecond : 0);
            // A service makes each event anew, so each producer holds the bytes that it was given.
            sender.send(i, keys[i % keys.length], events[i % events.length].clone());
        }
        sender.flush();
        return round.await(contender.title, start);
    }

    private void pace(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            sender.idle();
            LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    /** One command's events. Latency counts from when an event was due, so that a producer that blocks is not flattered. */
    private static final class Round {
        private final CountDownLatch left;
        private final AtomicInteger failures = new AtomicInteger();
        private final long[] due;
        private volatile Throwable failure;

        Round(int count, int perSecond) {
            left = new CountDownLatch(count);
            due = perSecond > 0 ? new long[count] : new long[0];
        }

        void due(int event, long at) {
            if (due.length > 0) {
                due[event] = at;
            }
        }

        void delivered(int event) {
            if (due.length > 0) {
                due[event] = System.nanoTime() - due[event];
            }
            left.countDown();
        }

        void failed(Throwable cause) {
            failure = cause;
            failures.incrementAndGet();
            left.countDown();
        }

        String await(String who, long start) throws InterruptedException {
            if (!left.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException(who + " has not acknowledged " + left.getCount() + " events");
            }
            long took = System.nanoTime() - start;
            if (failures.get() > 0) {
                throw new IllegalStateException(who + " failed to deliver " + failures.get() + " events", failure);
            }
            Arrays.sort(due);
            return "%d %d %d".formatted(took, quantile(0.5), quantile(0.99));
        }

        private long quantile(double q) {
            return due.length == 0 ? 0 : due[(int) Math.min(due.length - 1, Math.ceil(q * due.length) - 1)];
        }
    }
}
