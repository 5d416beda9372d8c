package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryCapTest {

    private static final int MIB = 1 << 20;
    private static final String SHARD = Shard.idOf(0);

    private final Api api = new Api(KinesisSettings.defaults().withMaxBytesHeld(11L * MIB / 2));

    private String put(String stream, char c) {
        api.advance(Duration.ofSeconds(1));
        return api.put(stream, "k", String.valueOf(c).repeat(MIB - 1_000));
    }

    private String read(String stream, String typeAndMore) {
        StringBuilder firstLetters = new StringBuilder();
        api.readAll(stream, SHARD, typeAndMore).forEach(data -> firstLetters.append(data.charAt(0)));
        return firstLetters.toString();
    }

    @Test
    void theOldestRecordsOfAnyStreamGoFirst() {
        api.createStream("a", 1);
        api.createStream("b", 1);
        put("a", '1');
        String second = put("b", '2');
        put("a", '3');
        put("b", '4');
        put("a", '5');
        String iterator = api.iterator("b", SHARD, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + second + "'");
        put("a", '6');
        put("b", '7');
        assertEquals("356", read("a", "'TRIM_HORIZON'"));
        assertEquals("47", read("b", "'TRIM_HORIZON'"));
        // As if the retention had ended: no error, on from the oldest.
        JsonNode afterTrim = api.read(iterator);
        assertEquals(2, afterTrim.path("Records").size());
        assertEquals("47", read("b", "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + second + "'"));
        assertEquals("47", read("b", "'AT_TIMESTAMP','Timestamp':" + Api.START.getEpochSecond()));
    }

    @Test
    void newRecordsAreAlwaysTaken() {
        api.createStream("a", 3);
        for (int i = 0; i < 20; i++) {
            String sequenceNumber = put("a", 'x');
            String shard = Shard.idOf(
                    SequenceNumber.parse(sequenceNumber).orElseThrow().shardIndex());
            assertEquals(
                    1,
                    api.readAll("a", shard, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'" + sequenceNumber + "'")
                            .size());
        }
        assertTrue(api.readAll("a", SHARD, "'TRIM_HORIZON'").size()
                        + api.readAll("a", Shard.idOf(1), "'TRIM_HORIZON'").size()
                        + api.readAll("a", Shard.idOf(2), "'TRIM_HORIZON'").size()
                <= 5);
    }

    @Test
    void aDeletedStreamFreesItsMemory() {
        api.createStream("a", 1);
        for (int i = 0; i < 5; i++) {
            put("a", 'x');
        }
        api.call("DeleteStream", "{'StreamName':'a'}");
        api.createStream("b", 1);
        for (char c : "1234".toCharArray()) {
            put("b", c);
        }
        assertEquals("1234", read("b", "'TRIM_HORIZON'"));
    }
}
