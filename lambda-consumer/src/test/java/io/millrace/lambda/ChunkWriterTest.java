package io.millrace.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.ObjectContent;
import io.millrace.pipeline.sink.ObjectKey;
import io.millrace.pipeline.sink.ObjectSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A chunk of more than memory's share, a put of which hangs until after the next try. */
class ChunkWriterTest {

    private static final int RECORDS = 100;
    private static final int EVENT_BYTES = 1_000;
    private static final long HEAP_BYTES = 160_000;

    private final Map<String, Long> lines = new ConcurrentHashMap<>();
    private final CountDownLatch late = new CountDownLatch(1);
    private volatile boolean hang = true;
    private final CountDownLatch lateIsPut = new CountDownLatch(1);

    @Test
    void anotherTryWritesTheSameObjects() throws InterruptedException {
        try (ChunkWriter writer = new ChunkWriter(new Store(), Layout.standard(), InstantSource.system(), HEAP_BYTES)) {
            assertFalse(writer.write(chunk(), Instant.now().plusSeconds(1)));
            hang = false;
            assertTrue(writer.write(chunk(), Instant.now().plusSeconds(20)));
            late.countDown();
            assertTrue(lateIsPut.await(10, TimeUnit.SECONDS));
        }
        assertTrue(lines.size() > 1, lines.toString());
        assertEquals(RECORDS, lines.values().stream().mapToLong(Long::longValue).sum(), lines.toString());
    }

    private static Chunk chunk() {
        String event = "{\"service\":\"s\",\"pad\":\"" + "x".repeat(EVENT_BYTES) + "\"}";
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 1; i <= RECORDS; i++) {
            ByteBuffer data =
                    ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
            records.add(new SourceRecord(Integer.toString(i), 0, "key", Instant.EPOCH, data));
        }
        return new Chunk(new ShardRef("stream", "shardId-000000000000"), "1", records);
    }

    private final class Store implements ObjectSink {

        @Override
        public Outcome put(ObjectKey key, ObjectContent content) {
            boolean hanging = hang;
            if (hanging) {
                awaitLate();
            }
            long count = 0;
            for (ByteBuffer slice : content.slices()) {
                count += StandardCharsets.UTF_8
                        .decode(slice.duplicate())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
            }
            Outcome outcome = lines.putIfAbsent(key.value(), count) == null ? Outcome.STORED : Outcome.ALREADY_THERE;
            if (hanging) {
                lateIsPut.countDown();
            }
            return outcome;
        }

        /** Neither told to end nor interrupted, as a request that the network holds. */
        private void awaitLate() {
            while (late.getCount() > 0) {
                try {
                    late.await();
                } catch (InterruptedException e) {
                    // the network does not hear of it
                }
            }
        }

        @Override
        public String bucket() {
            return "lake";
        }
    }
}
