package io.millrace.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP logs in JSON: protobuf's JSON mapping, but for ids in hex and enumerations as numbers. */
final class OtlpJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpJson() {}

    static List<OtlpLog> read(byte[] body) throws UnreadableOtlpException {
        JsonNode request;
        try {
            request = JSON.readTree(body);
        } catch (IOException e) {
            throw new UnreadableOtlpException("no OTLP logs in JSON: " + e.getMessage(), e);
        }
        if (!request.isObject()) {
            throw new UnreadableOtlpException("no OTLP logs in JSON: no object", null);
        }
        List<OtlpLog> logs = new ArrayList<>();
        for (JsonNode resource : request.path("resourceLogs")) {
            Map<String, Object> attributes = map(resource.path("resource").path("attributes"));
            for (JsonNode scope : resource.path("scopeLogs")) {
                String name = scope.path("scope").path("name").asText();
                scope.path("logRecords").forEach(record -> logs.add(log(attributes, name, record)));
            }
        }
        return logs;
    }

    private static OtlpLog log(Map<String, Object> resource, String scope, JsonNode record) {
        long time = record.path("timeUnixNano").asLong();
        return new OtlpLog(
                resource,
                scope,
                time != 0 ? time : record.path("observedTimeUnixNano").asLong(),
                record.path("severityText").asText(),
                record.path("severityNumber").asInt(),
                value(record.path("body")),
                map(record.path("attributes")),
                record.path("traceId").asText(),
                record.path("spanId").asText());
    }

    private static Map<String, Object> map(JsonNode pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        pairs.forEach(pair -> map.put(pair.path("key").asText(), value(pair.path("value"))));
        return map;
    }

    private static Object value(JsonNode value) {
        if (value.has("stringValue")) {
            return value.get("stringValue").asText();
        } else if (value.has("boolValue")) {
            return value.get("boolValue").asBoolean();
        } else if (value.has("intValue")) {
            // A 64-bit number, which protobuf's JSON mapping writes as a string.
            return value.get("intValue").asLong();
        } else if (value.has("doubleValue")) {
            return value.get("doubleValue").asDouble();
        } else if (value.has("arrayValue")) {
            List<Object> items = new ArrayList<>();
            value.get("arrayValue").path("values").forEach(item -> items.add(value(item)));
            return items;
        } else if (value.has("kvlistValue")) {
            return map(value.get("kvlistValue").path("values"));
        }
        return value.path("bytesValue").asText();
    }
}
