package io.millrace.pipeline.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.event.TimeForms;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.parse.ParseResult.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A record's pieces, and a dead letter's error text with them, must not depend on the records before it. */
class EventParserReuseTest {

    private static final int RECORDS = 2_000;

    private static final List<String> PIECES = List.of(
            "{\"service\":\"api\",\"timestamp\":\"2025-11-09T13:24:33Z\",\"id\":\"1\"}",
            "{\"service\":\"web\",\n \"nested\":{\"service\":\"no\",\"list\":[1,{\"a\":null}]}, \"timestamp\":1762694673}",
            "{\"service\":\"" + "long ".repeat(4_000) + "\"}",
            "{\"message\":\"" + "x".repeat(9_000) + "\",\"service\":\"late\"}",
            "{}",
            "\n",
            " \t\r\n",
            " ".repeat(9_000),
            "[{\"service\":\"one\"},{\"service\":\"two\"}]",
            "{\"cut\":\"off",
            "{\"cut\":",
            "{\"broken\" 1}",
            "}",
            "{\u0000",
            "\u0000",
            "garbage",
            "42",
            "{\"depth\":" + "[".repeat(1_200) + "]".repeat(1_200) + "}",
            "{\"service\":\"\u00e4\u00f6\",\"id\":7}",
            "{\"service\":\"\ud83d\ude00\"}");

    @Test
    void everyRecordIsReadAsIfItWereTheFirst() {
        Random random = new Random(7);
        EventParser parser = parser();
        for (int record = 0; record < RECORDS; record++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(3); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextBoolean() ? "\n" : "");
            }
            if (random.nextInt(4) > 0) { // most records are good
                text = new StringBuilder(PIECES.get(random.nextInt(5)));
            }
            byte[] data = text.toString().getBytes(StandardCharsets.UTF_8);
            assertEquals(pieces(parser(), data), pieces(parser, data), "record " + record);
        }
    }

    private static EventParser parser() {
        return new EventParser("service", "timestamp", "id", TimeForms.ALL);
    }

    private static List<String> pieces(EventParser parser, byte[] data) {
        List<String> pieces = new ArrayList<>();
        parser.parse(data, data.length, piece -> {
            if (piece instanceof Parsed event) {
                pieces.add("event " + event.offset() + " " + event.length() + " " + event.hasLineBreaks() + " "
                        + event.service() + " " + event.epochSecond() + " " + event.id());
            } else if (piece instanceof Malformed bad) {
                pieces.add(
                        bad.reason() + " " + bad.error() + " " + bad.offset() + " " + bad.length() + " " + bad.index());
            }
        });
        return pieces;
    }
}
