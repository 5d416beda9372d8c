package io.millrace.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.producer.internal.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogProducerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String key(String rule, String json) {
        return new LogProducer(disabled(), PartitionKeyRule.parse(rule))
                .partitionKey(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theServiceIsTheKey() {
        assertEquals("api", key("service", "{\"service\":\"api\",\"message\":\"x\"}"));
        assertEquals("api", key("service", " { \"a\" : {\"service\":[1,\"}\"]} ,\n\"service\" : \"api\" }"));
        assertEquals("a\"\\\nü€", key("service", "{\"x\":\"\\\"\",\"service\":\"a\\\"\\\\\\nü\\u20ac\"}"));
    }

    @Test
    void anyTopLevelFieldCanBeTheKey() {
        assertEquals("17", key("field:id", "{\"b\":{\"id\":1},\"id\":17}"));
        assertEquals("{\"a\": [1]}", key("field:id", "{\"id\":{\"a\": [1]}}"));
        assertEquals("true", key("field:id", "{\"id\":true}"));
    }

    @Test
    void aLogWithoutTheFieldIsSentAsUnknown() {
        for (String json :
                List.of("{}", "{\"service\":\"\"}", "no json", "", "[]", "{\"service\":\"api", "{\"a\"", "{\"a\":")) {
            assertEquals("unknown", key("service", json), json);
        }
    }

    @Test
    void aKeyIsNeverTooLong() {
        String service = "ü".repeat(300);
        String json = "{\"service\":\"" + service + "\"}";
        assertEquals("ü".repeat(256), key("service", json));
        assertEquals("ü".repeat(254) + "-0", key("spread", json));
    }

    @Test
    void spreadTakesTheSuffixesInTurn() {
        LogProducer producer = new LogProducer(disabled(), PartitionKeyRule.parse("spread:3"));
        byte[] log = "{\"service\":\"api\"}".getBytes(StandardCharsets.UTF_8);
        List<String> keys = List.of(
                producer.partitionKey(log),
                producer.partitionKey(log),
                producer.partitionKey(log),
                producer.partitionKey(log));
        assertEquals(List.of("api-0", "api-1", "api-2", "api-0"), keys);
    }

    @Test
    void randomKeysDiffer() {
        assertNotEquals(key("random", "{}"), key("random", "{}"));
    }

    @Test
    void aMapBecomesTheJsonThatAParserReadsBack() throws IOException {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("text", "quote \" backslash \\ line\nbreak tab\t bell\u0007 ü€ \uD83D\uDE00");
        log.put("numbers", Arrays.asList(1, -2.5, Long.MAX_VALUE, null));
        log.put("array", new int[] {1, 2});
        log.put("nested", Map.of("true", true));

        Map<?, ?> read = JSON.readValue(JsonText.of(log), Map.class);

        assertEquals(log.get("text"), read.get("text"));
        assertEquals(Arrays.asList(1, -2.5, Long.MAX_VALUE, null), read.get("numbers"));
        assertEquals(List.of(1, 2), read.get("array"));
        assertEquals(log.get("nested"), read.get("nested"));
        assertEquals(
                "{\"a\":\"NaN\",\"b\":\"\\ud800\"}",
                JsonText.of(new java.util.TreeMap<>(Map.of("a", Double.NaN, "b", "\uD800"))));
    }

    @Test
    void aMapThatHoldsItselfIsRefused() {
        Map<String, Object> log = new HashMap<>();
        log.put("self", log);
        assertThrows(IllegalArgumentException.class, () -> JsonText.of(log));
    }

    @Test
    void aDisabledProducerDropsAndCounts() {
        try (LogProducer producer =
                LogProducer.start(ProducerConfig.builder().enabled(false).build())) {
            SendResult result = producer.send("{}").join();
            assertEquals(SendResult.Whereabouts.DROPPED, result.whereabouts());
            assertEquals(1, producer.producer().totals().dropped());
            assertTrue(producer.producer().totals().accepted() == 0);
        }
    }

    private static StreamProducer disabled() {
        return StreamProducer.start(ProducerConfig.builder().enabled(false).build());
    }
}
