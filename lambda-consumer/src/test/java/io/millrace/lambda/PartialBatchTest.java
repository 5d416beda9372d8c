package io.millrace.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.ObjectContent;
import io.millrace.pipeline.sink.ObjectKey;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.pipeline.sink.ObjectSink;
import io.millrace.pipeline.sink.SinkException;
import io.millrace.settings.SettingsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PartialBatchTest {

    private static final Invocation SHORT = new Invocation(Duration.ofMillis(1_500));

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private volatile String refused = "";
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean hang;

    @Test
    void whatIsDoneIsNotAskedForAgain() {
        KinesisToS3Handler handler = handler(1); // every record is a chunk
        KinesisEvent event = Events.all();
        String third = event.getRecords().get(2).getKinesis().getSequenceNumber();
        refused = "service=web/year=2025/month=11/day=09/hour=13/"; // two of the aggregate in the third record
        Invocation longEnoughForTwo = new Invocation(Duration.ofSeconds(6));
        assertEquals(List.of(third), Events.failures(handler.handleRequest(event, longEnoughForTwo)));

        refused = "";
        Map<String, String> before = Map.copyOf(stored);
        assertEquals(
                List.of(),
                Events.failures(
                        handler.handleRequest(Events.remaining(event, third), new Invocation(Duration.ofSeconds(30)))));
        before.forEach((key, text) -> assertEquals(text, stored.get(key)));
        assertEquals(
                7,
                stored.entrySet().stream()
                        .filter(object -> object.getKey().startsWith("service="))
                        .mapToLong(object -> object.getValue().lines().count())
                        .sum());
        assertEquals(
                1,
                stored.keySet().stream()
                        .filter(key -> key.startsWith("_dead-letter/"))
                        .count());
    }

    @Test
    void aHangingPutDoesNotHoldTheAnswer() {
        hang = true;
        KinesisEvent event = Events.all();
        long begun = System.nanoTime();
        assertEquals(
                1, Events.failures(handler(6 << 20).handleRequest(event, SHORT)).size());
        assertTrue(
                Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 20, "it answers although nothing comes back");
        never.countDown();
    }

    @Test
    void everyWrongVariableIsNamed() {
        try {
            LambdaConfig.read(Map.of("TARGET_BUCKET", "No_Bucket", "CHUNK_BYTES", "7M", "COMPRESSION", "lz4"));
        } catch (SettingsException e) {
            assertTrue(e.getMessage().contains("TARGET_BUCKET=No_Bucket is not allowed"), e.getMessage());
            assertTrue(e.getMessage().contains("CHUNK_BYTES=7M is not allowed"), e.getMessage());
            assertTrue(e.getMessage().contains("COMPRESSION=lz4 is not allowed"), e.getMessage());
            return;
        }
        throw new AssertionError("accepted");
    }

    private KinesisToS3Handler handler(long chunkBytes) {
        LambdaConfig config = new LambdaConfig(
                Optional.empty(), "lake", chunkBytes, Layout.standard(), ObjectSettings.bucketDefaults());
        return new KinesisToS3Handler(config, new Store(), InstantSource.system());
    }

    private final class Store implements ObjectSink {

        @Override
        public Outcome put(ObjectKey key, ObjectContent content) throws SinkException {
            if (hang) {
                awaitNever();
            }
            if (!refused.isEmpty() && key.value().startsWith(refused)) {
                throw new SinkException("SlowDown", "refused", new IllegalStateException("test"));
            }
            String text = text(content);
            return stored.putIfAbsent(key.value(), text) == null ? Outcome.STORED : Outcome.ALREADY_THERE;
        }

        private void awaitNever() {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static String text(ObjectContent content) {
            StringBuilder text = new StringBuilder();
            for (ByteBuffer slice : content.slices()) {
                text.append(StandardCharsets.UTF_8.decode(slice.duplicate()));
            }
            return text.toString();
        }

        @Override
        public String bucket() {
            return "lake";
        }
    }
}
