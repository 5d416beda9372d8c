package io.millrace.ingest.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpEventsTest {
    private static final String EXPECTED = "{\"timestamp\":\"2025-11-09T13:24:33.000000001Z\",\"service\":\"checkout\","
            + "\"level\":\"WARN\",\"message\":\"it happened\",\"trace_id\":\"5b8efff798038103d269b633813fc60c\","
            + "\"span_id\":\"eee19b7ec3c1b174\",\"source\":\"otlp\",\"log_type\":\"otlp_log\",\"scope\":\"my.logger\","
            + "\"attributes\":{\"count\":7,\"ok\":true},\"resource\":{\"host.name\":\"h1\"}}";

    private static KeyValue pair(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static List<String> texts(List<byte[]> events) {
        return events.stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void protobufBecomesAnEvent() throws UnreadableOtlpException {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(1_762_694_673_000_000_001L)
                .setSeverityNumberValue(13)
                .setBody(AnyValue.newBuilder().setStringValue("it happened"))
                .addAttributes(pair("count", AnyValue.newBuilder().setIntValue(7)))
                .addAttributes(pair("ok", AnyValue.newBuilder().setBoolValue(true)))
                .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
                .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
                .build();
        ResourceLogs.Builder logs = ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder()
                        .addAttributes(
                                pair("service.name", AnyValue.newBuilder().setStringValue("checkout")))
                        .addAttributes(pair("host.name", AnyValue.newBuilder().setStringValue("h1"))));
        ScopeLogs.Builder scope = logs.addScopeLogsBuilder();
        scope.getScopeBuilder().setName("my.logger");
        scope.addLogRecords(record);
        byte[] body = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(logs)
                .build()
                .toByteArray();

        assertEquals(List.of(EXPECTED), texts(OtlpEvents.ofProtobuf(body)));
    }

    @Test
    void jsonBecomesTheSameEvent() throws UnreadableOtlpException {
        String body = """
                {"resourceLogs":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"checkout"}},
                  {"key":"host.name","value":{"stringValue":"h1"}}]},
                 "scopeLogs":[{"scope":{"name":"my.logger"},"logRecords":[{
                  "timeUnixNano":"1762694673000000001","severityNumber":13,"body":{"stringValue":"it happened"},
                  "attributes":[{"key":"count","value":{"intValue":"7"}},{"key":"ok","value":{"boolValue":true}}],
                  "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}]}]}]}""";

        assertEquals(List.of(EXPECTED), texts(OtlpEvents.ofJson(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aStructuredBodyBecomesAMessageOfJson() throws UnreadableOtlpException {
        String body = """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":1000000000,"severityText":"notice",
                 "body":{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[{"doubleValue":1.5}]}}}]}}}]}]}]}""";

        assertEquals(
                List.of(
                        "{\"timestamp\":\"1970-01-01T00:00:01Z\",\"level\":\"notice\",\"message\":\"{\\\"a\\\":[1.5]}\","
                                + "\"source\":\"otlp\",\"log_type\":\"otlp_log\"}"),
                texts(OtlpEvents.ofJson(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsNoOtlpIsRefused() {
        byte[] garbage = "{oops".getBytes(StandardCharsets.UTF_8);
        assertThrows(UnreadableOtlpException.class, () -> OtlpEvents.ofJson(garbage));
        assertThrows(UnreadableOtlpException.class, () -> OtlpEvents.ofProtobuf(garbage));
    }
}
