package io.millrace.ingest.otlp;

import java.util.Map;

/**
 * A log record of OTLP, whichever way it was encoded. Values are strings, numbers, booleans, lists and maps.
 *
 * @param unixNanos when it happened, else when it was observed; 0 where neither is known
 * @param severityText as the source named it; may be empty
 * @param severityNumber 1 to 24, four for each of TRACE, DEBUG, INFO, WARN, ERROR, FATAL; 0 for none
 * @param traceId in hex; may be empty
 * @param spanId in hex; may be empty
 */
record OtlpLog(
        Map<String, Object> resource,
        String scope,
        long unixNanos,
        String severityText,
        int severityNumber,
        Object body,
        Map<String, Object> attributes,
        String traceId,
        String spanId) {}
