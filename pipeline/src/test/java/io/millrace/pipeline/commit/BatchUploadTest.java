package io.millrace.pipeline.commit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.lake.partition.OutputPartition;
import io.millrace.pipeline.buffer.PartitionLines;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.record.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Puts that are really made at once. */
class BatchUploadTest {

    private static final int PARTITIONS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final UploadLimits limits = new UploadLimits(threads, 2, 1 << 20);
    private final List<PartitionLines> partitions = partitions();
    private final Set<PartitionLines> begun = ConcurrentHashMap.newKeySet();
    private final Set<PartitionLines> done = ConcurrentHashMap.newKeySet();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void itEndsOnlyWhenTheLastPutHas() {
        CompletableFuture<Void> upload = uploading(this::putSlowlyInHelpers);
        await().atMost(Duration.ofSeconds(60)).until(() -> done.size() == PARTITIONS - 2 && begun.size() == PARTITIONS);
        assertFalse(upload.isDone(), "two helpers are in the middle of a put");
        released.countDown();
        upload.join();
        assertEquals(Set.copyOf(partitions), done);
    }

    @Test
    void aLostLeaseIsToldWhenNoPutIsUnderWayAnyMore() throws InterruptedException {
        AtomicInteger order = new AtomicInteger();
        CountDownLatch failing = new CountDownLatch(1);
        CompletableFuture<Void> upload = uploading(lines -> {
            begun.add(lines);
            if (order.incrementAndGet() == 3) {
                failing.countDown();
                throw new LeaseLostException("another worker holds the lease", null);
            }
            hold();
            done.add(lines);
        });
        assertTrue(failing.await(90, TimeUnit.SECONDS));
        assertFalse(upload.isDone(), "two others are in the middle of a put");
        released.countDown();
        assertThrows(Exception.class, upload::join);
        assertEquals(begun.size() - 1, done.size(), "whatever was begun has ended");
    }

    private void putSlowlyInHelpers(PartitionLines lines) {
        begun.add(lines);
        if (Thread.currentThread().getName().equals("own")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> begun.size() - done.size() == 3 || begun.size() == PARTITIONS);
        } else {
            hold();
        }
        done.add(lines);
    }

    private void hold() {
        try {
            assertTrue(released.await(90, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> uploading(BatchUpload.Put put) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                new BatchUpload(partitions, put).run(limits);
                                ended.complete(null);
                            } catch (LeaseLostException | AbandonedException | RuntimeException e) {
                                ended.completeExceptionally(e);
                            }
                        },
                        "own")
                .start();
        return ended;
    }

    private static List<PartitionLines> partitions() {
        ShardBuffer buffer = new ShardBuffer();
        buffer.startRecord(new Position("1", 0), Instant.EPOCH);
        for (int i = 0; i < PARTITIONS; i++) {
            buffer.append(new OutputPartition("service=s" + i, 0), new byte[] {'{', '}'}, 0, 2);
        }
        return buffer.seal().partitions();
    }
}
