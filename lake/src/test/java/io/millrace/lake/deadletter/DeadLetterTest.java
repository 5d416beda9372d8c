package io.millrace.lake.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.lake.deadletter.DeadLetter.Origin;
import io.millrace.lake.deadletter.DeadLetter.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {

    private static final Instant ARRIVAL = Instant.parse("2025-11-09T13:24:33.120Z");

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] record = "{}\nno \"JSON\"\u0001 é".getBytes(UTF_8);
        Origin origin = new Origin("stream", "shardId-000000000000", "4959", 2, "key \"1\"", ARRIVAL);
        Piece piece =
                new Piece(DeadLetterReason.NOT_JSON, "byte 0 of it is not a value", 1, record, 3, record.length - 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeadLetter.write(out, origin, piece);
        String line = out.toString(UTF_8);

        assertEquals(
                "{\"reason\":\"not-json\",\"error\":\"byte 0 of it is not a value\",\"stream\":\"stream\","
                        + "\"shard\":\"shardId-000000000000\",\"sequence_number\":\"4959\",\"sub_sequence_number\":2,"
                        + "\"partition_key\":\"key \\\"1\\\"\",\"arrival_time\":\"2025-11-09T13:24:33.120Z\",\"index\":1,"
                        + "\"offset\":3,\"data\":\"bm8gIkpTT04iASDDqQ==\"}",
                line);
        DeadLetter letter = DeadLetter.parse(line);
        assertEquals("not-json", letter.reason());
        assertEquals("stream", letter.stream());
        assertEquals("key \"1\"", letter.partitionKey());
        assertEquals(ARRIVAL, letter.arrival());
        assertArrayEquals("no \"JSON\"\u0001 é".getBytes(UTF_8), letter.data());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "no letter",
                "{\"stream\":\"s\",\"partition_key\":\"k\",\"arrival_time\":\"2025-11-09T13:24:33Z\"}",
                "{\"stream\":\"s\",\"data\":\"e30=\",\"arrival_time\":\"2025-11-09T13:24:33Z\"}",
                "{\"stream\":\"s\",\"partition_key\":\"k\",\"data\":\"e30=\",\"arrival_time\":\"now\"}"
            })
    void anythingElseIsNone(String line) {
        assertThrows(IOException.class, () -> DeadLetter.parse(line));
    }
}
