package io.millrace.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP's log records as events of the stream; thread-safe. */
public final class OtlpEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE_NAME = "service.name";
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    private OtlpEvents() {}

    /** @throws UnreadableOtlpException for what is no {@code ExportLogsServiceRequest} in protobuf */
    public static List<byte[]> ofProtobuf(byte[] body) throws UnreadableOtlpException {
        return OtlpProtobuf.read(body).stream().map(OtlpEvents::event).toList();
    }

    /** @throws UnreadableOtlpException for what is no {@code ExportLogsServiceRequest} in JSON */
    public static List<byte[]> ofJson(byte[] body) throws UnreadableOtlpException {
        return OtlpJson.read(body).stream().map(OtlpEvents::event).toList();
    }

    static byte[] event(OtlpLog log) {
        Map<String, Object> event = new LinkedHashMap<>();
        if (log.unixNanos() > 0) {
            event.put("timestamp", instant(log.unixNanos()).toString());
        }
        Map<String, Object> resource = new LinkedHashMap<>(log.resource());
        Object service = resource.remove(SERVICE_NAME);
        if (service != null) {
            event.put("service", service.toString());
        }
        putUnlessEmpty(event, "level", level(log));
        event.put("message", log.body() instanceof String text ? text : json(log.body()));
        putUnlessEmpty(event, "trace_id", log.traceId());
        putUnlessEmpty(event, "span_id", log.spanId());
        event.put("source", "otlp");
        event.put("log_type", "otlp_log");
        putUnlessEmpty(event, "scope", log.scope());
        if (!log.attributes().isEmpty()) {
            event.put("attributes", log.attributes());
        }
        if (!resource.isEmpty()) {
            event.put("resource", resource);
        }
        return json(event).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Instant instant(long unixNanos) {
        return Instant.ofEpochSecond(unixNanos / 1_000_000_000, unixNanos % 1_000_000_000);
    }

    private static String level(OtlpLog log) {
        if (!log.severityText().isEmpty()) {
            return log.severityText();
        }
        boolean known = log.severityNumber() >= 1 && log.severityNumber() <= 24;
        return known ? LEVELS.get((log.severityNumber() - 1) / 4) : "";
    }

    private static void putUnlessEmpty(Map<String, Object> event, String name, String value) {
        if (!value.isEmpty()) {
            event.put(name, value);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and plain values can be written", e);
        }
    }
}
