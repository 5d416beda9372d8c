package io.millrace.benchmarks.codec;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.Map;

/** A log event as a class of its usual fields, and a map of what else it has, so that nothing is lost. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogEvent(
        String timestamp,
        String service,
        String level,
        String message,
        String trace_id,
        String source,
        String log_type,
        Double anomaly_score,
        String request_id,
        String user_id,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    LogEvent {
        others = others == null ? new HashMap<>() : others;
    }
}
