package io.millrace.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP logs in protobuf. */
final class OtlpProtobuf {

    private OtlpProtobuf() {}

    static List<OtlpLog> read(byte[] body) throws UnreadableOtlpException {
        List<OtlpLog> logs = new ArrayList<>();
        try {
            for (ResourceLogs resource :
                    ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
                Map<String, Object> attributes = map(resource.getResource().getAttributesList());
                for (ScopeLogs scope : resource.getScopeLogsList()) {
                    String name = scope.getScope().getName();
                    scope.getLogRecordsList().forEach(record -> logs.add(log(attributes, name, record)));
                }
            }
            return logs;
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableOtlpException("no OTLP logs in protobuf: " + e.getMessage(), e);
        }
    }

    private static OtlpLog log(Map<String, Object> resource, String scope, LogRecord record) {
        long time = record.getTimeUnixNano() != 0 ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
        return new OtlpLog(
                resource,
                scope,
                time,
                record.getSeverityText(),
                record.getSeverityNumberValue(),
                value(record.getBody()),
                map(record.getAttributesList()),
                hex(record.getTraceId()),
                hex(record.getSpanId()));
    }

    private static Map<String, Object> map(List<KeyValue> pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        pairs.forEach(pair -> map.put(pair.getKey(), value(pair.getValue())));
        return map;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpProtobuf::value)
                        .toList();
            case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            default -> "";
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
