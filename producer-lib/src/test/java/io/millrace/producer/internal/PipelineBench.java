package io.millrace.producer.internal;

import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerMetrics;
import io.millrace.producer.SendResult;
import io.millrace.producer.Totals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A pipeline on a test's thread with a clock that the test moves. */
final class PipelineBench {
    final FakeKinesis kinesis = new FakeKinesis();
    final Ledger ledger = new Ledger();
    final Intake intake;
    final Pipeline pipeline;
    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private long now;
    private long ordinal;

    PipelineBench(ProducerConfig config) {
        intake = new Intake(config, ledger, Optional.empty());
        // Every backoff waits as long as its bound allows, so that tests know the times.
        RandomGenerator longest = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
        Settlements settlements = new Settlements(ledger, intake, Runnable::run);
        pipeline = new Pipeline(
                config, kinesis, mailbox::add, settlements, Optional.empty(), ProducerMetrics.NONE, () -> now, longest);
        turn();
    }

    void accept(String key, String data) {
        var unused = send(key, data);
    }

    CompletableFuture<SendResult> send(String key, String data) {
        Event event = new Event(key, data.getBytes(StandardCharsets.UTF_8), now, new CompletableFuture<>());
        event.ordinal = ordinal++;
        ledger.accepted(1);
        pipeline.accept(event);
        return event.future;
    }

    /** Lets the pipeline do what it can do at this moment. */
    void turn() {
        do {
            while (!mailbox.isEmpty()) {
                mailbox.remove().run();
            }
            pipeline.turn();
        } while (!mailbox.isEmpty());
    }

    /** Moves the clock, giving the pipeline its turns on the way as the loop would. */
    void pass(Duration time) {
        turn();
        long end = now + time.toNanos();
        while (now < end) {
            now = Math.min(end, Math.max(now + 100_000, pipeline.turn()));
            turn();
        }
    }

    Totals totals() {
        return ledger.totals();
    }
}
