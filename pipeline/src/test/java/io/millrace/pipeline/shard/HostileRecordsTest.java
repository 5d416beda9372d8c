package io.millrace.pipeline.shard;

import static io.millrace.pipeline.shard.PipelineRig.record;
import static io.millrace.pipeline.testing.Gzipped.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.pipeline.parse.Gzip;
import io.millrace.pipeline.record.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is no event is a dead letter, whole, and stops nothing. */
class HostileRecordsTest {

    private final PipelineRig rig = new PipelineRig();

    @Test
    void aDeadLetterTellsWhereItCameFromAndHoldsTheData() throws IOException {
        deliver(record(7, "{\"a\":1}\nrubbish"));
        String key = rig.bucket.keySet().iterator().next();
        assertTrue(key.matches("_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=12/part-.*\\.jsonl"), key);
        Map<String, String> letter = fields(rig.bucket.get(key));
        assertEquals("not-json", letter.get("reason"));
        assertEquals("byte 0 of it is not a value", letter.get("error"));
        assertEquals("stream", letter.get("stream"));
        assertEquals("shardId-000000000000", letter.get("shard"));
        assertEquals("7", letter.get("sequence_number"));
        assertEquals("0", letter.get("sub_sequence_number"));
        assertEquals("key", letter.get("partition_key"));
        assertEquals("2025-11-09T12:30:00Z", letter.get("arrival_time"));
        assertEquals("1", letter.get("index"));
        assertEquals("8", letter.get("offset"));
        assertEquals("rubbish", new String(Base64.getDecoder().decode(letter.get("data")), StandardCharsets.UTF_8));
        assertEquals(
                "{\"a\":1}\n",
                rig.bucket.get(rig.bucket.keySet().stream().skip(1).findFirst().get()));
    }

    @Test
    void aGzipBombIsADeadLetter() throws IOException {
        byte[] bomb = gzip(new byte[Gzip.LIMIT_BYTES + 1]);
        deliver(record(1, bomb), record(2, "{\"a\":1}"));
        assertDeadLetter("gzip-too-large", bomb);
        assertEquals(2, rig.bucket.size());
    }

    @Test
    void gzipThatLiesAboutItsLengthIsADeadLetter() throws IOException {
        byte[] data = gzip("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        data[data.length - 1] = 0x7f;
        deliver(record(1, data), record(2, "{\"a\":1}"));
        assertDeadLetter("gzip-corrupt", data);
    }

    @Test
    void manyMembersInflateHoweverLittleTheLastOneClaims() throws IOException {
        byte[] large = gzip(("{\"a\":\"" + "x".repeat(3 << 20) + "\"}\n").getBytes(StandardCharsets.UTF_8));
        byte[] small = gzip("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(large, large.length + small.length);
        System.arraycopy(small, 0, both, large.length, small.length);
        deliver(record(1, both));
        assertEquals(1, rig.bucket.size());
        assertEquals(2, rig.bucket.values().iterator().next().lines().count());
    }

    @Test
    void anEventOfTooLongAServiceIsADeadLetter() throws IOException {
        String event = "{\"service\":\"" + "x".repeat(2 << 20) + "\"}";
        deliver(record(1, event), record(2, "{\"a\":1}"));
        assertDeadLetter("too-long", event.getBytes(StandardCharsets.UTF_8));
        assertEquals(2, rig.bucket.size());
    }

    @Test
    void aHugeMalformedRecordIsKeptWhole() throws IOException {
        byte[] data = new byte[10 << 20];
        Arrays.fill(data, (byte) 'x');
        deliver(record(1, data));
        assertDeadLetter("not-json", data);
    }

    @Test
    void eventsForTooManyPartitionsAreDeadLetters() throws IOException {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < RecordAppender.PARTITION_LIMIT + 2; i++) {
            events.append("{\"service\":\"s").append(i).append("\"}");
        }
        deliver(record(1, events + "{\"service\":\"s0\"}"));
        assertEquals(RecordAppender.PARTITION_LIMIT + 1, rig.bucket.size());
        String letters = rig.bucket.entrySet().stream()
                .filter(object -> object.getKey().startsWith("_dead-letter/reason=too-many-partitions/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        assertEquals(2, letters.lines().count());
        Map<String, String> letter = fields(letters.lines().findFirst().orElseThrow());
        assertEquals(String.valueOf(RecordAppender.PARTITION_LIMIT), letter.get("index"));
        String event = new String(Base64.getDecoder().decode(letter.get("data")), StandardCharsets.UTF_8);
        assertEquals("{\"service\":\"s" + RecordAppender.PARTITION_LIMIT + "\"}", event);
        assertEquals(
                2,
                rig.bucket.values().stream()
                        .filter(text -> text.contains("\"s0\""))
                        .findFirst()
                        .orElseThrow()
                        .lines()
                        .count());
    }

    private void deliver(SourceRecord... records) {
        ShardPipeline pipeline = rig.pipeline(PipelineRig.settings(1_000));
        pipeline.start(Optional.empty(), Optional.empty());
        pipeline.accept(PipelineRig.read(records), 0, rig);
        assertTrue(pipeline.drain(rig, Duration.ofSeconds(60)), () -> rig.events.toString());
        assertEquals(0, rig.budget.used());
    }

    private void assertDeadLetter(String reason, byte[] data) throws IOException {
        String key = rig.bucket.keySet().iterator().next();
        assertTrue(key.startsWith("_dead-letter/reason=" + reason + "/"), key);
        assertArrayEquals(
                data, Base64.getDecoder().decode(fields(rig.bucket.get(key)).get("data")));
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            assertEquals(JsonToken.START_OBJECT, json.nextToken());
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                json.nextToken();
                fields.put(json.currentName(), json.getText());
            }
        }
        return fields;
    }
}
