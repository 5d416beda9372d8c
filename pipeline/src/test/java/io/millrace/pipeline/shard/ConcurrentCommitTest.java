package io.millrace.pipeline.shard;

import static io.millrace.pipeline.shard.PipelineRig.record;
import static io.millrace.pipeline.shard.PipelineRig.settings;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.commit.Abandonment;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.sink.SinkException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RecordAppender beside a commit that takes its time, on real threads. */
@Timeout(30)
class ConcurrentCommitTest {

    private final PipelineRig rig = new PipelineRig();
    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final CountDownLatch s3Answers = new CountDownLatch(1);

    @AfterEach
    void stop() {
        s3Answers.countDown();
        commits.shutdownNow();
    }

    private ShardPipeline started() {
        rig.onPut = () -> {
            try {
                assertTrue(s3Answers.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new SinkException("Interrupted", "interrupted", e);
            }
        };
        ShardPipeline pipeline = rig.pipeline(settings(3), commits);
        pipeline.start(Optional.empty(), Optional.empty());
        return pipeline;
    }

    private void accept(ShardPipeline pipeline, int from, int to) {
        for (int i = from; i <= to; i++) {
            pipeline.accept(PipelineRig.read(record(i, "{\"n\":" + i + "}")), 0, rig);
        }
    }

    @Test
    void intakeGoesOnWhileABatchIsUploadedAndWaitsAtTheNextLimit() {
        ShardPipeline pipeline = started();
        accept(pipeline, 1, 5); // the second batch is filling, the first is not written
        assertEquals(2, pipeline.status().openRecords());
        CompletableFuture<Void> full = CompletableFuture.runAsync(() -> accept(pipeline, 6, 7));
        await().until(() -> pipeline.status().openRecords() == 3);
        assertFalse(full.isDone());
        assertEquals(List.of("prepare 3:0"), rig.effects);
        s3Answers.countDown();
        full.join();
        assertTrue(pipeline.drain(rig, Duration.ofSeconds(20)));
        assertEquals(
                List.of(
                        "prepare 3:0",
                        "put",
                        "checkpoint 3:0",
                        "prepare 6:0",
                        "put",
                        "checkpoint 6:0",
                        "prepare 7:0",
                        "put",
                        "checkpoint 7:0"),
                rig.effects);
    }

    @Test
    void aDrainEndsAtItsDeadline() {
        ShardPipeline pipeline = started();
        accept(pipeline, 1, 4);
        assertFalse(pipeline.drain(rig, Duration.ofMillis(50)));
        assertEquals(State.CLOSED, pipeline.status().state());
        s3Answers.countDown();
        await().until(() -> rig.budget.used() == 0);
        assertFalse(rig.effects.contains("checkpoint 3:0"));
    }

    @Test
    void aLostLeaseEndsTheWaitBetweenRetries() {
        rig.sleeper = (time, abandonment) -> Abandonment.sleep(Duration.ofDays(1), abandonment);
        ShardPipeline pipeline = started();
        rig.onPut = () -> {
            throw new SinkException("SlowDown", "slow down", null);
        };
        accept(pipeline, 1, 3);
        await().until(() -> pipeline.status().retryingSince().isPresent());
        pipeline.leaseLost();
        await().until(() -> rig.budget.used() == 0);
        assertEquals(List.of("prepare 3:0"), rig.effects);
    }

    @Test
    void anInterruptClosesAndTheThreadStaysInterrupted() throws InterruptedException {
        ShardPipeline pipeline = started();
        accept(pipeline, 1, 5);
        boolean[] interrupted = {false};
        Thread shardThread = new Thread(() -> {
            accept(pipeline, 6, 7);
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        shardThread.start();
        await().until(() -> shardThread.getState() == Thread.State.WAITING);
        shardThread.interrupt();
        shardThread.join();
        assertTrue(interrupted[0]);
        assertEquals(State.CLOSED, pipeline.status().state());
    }
}
