package io.millrace.localaws.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Fault rules as JSON, for example {@code {"operation": "kinesis:PutRecords", "effect": "throttle", "rate": 0.2,
 * "times": 5, "seconds": 30}}.
 */
public final class FaultsJson {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private record Rules(List<FaultRule> faults) {}

    private FaultsJson() {}

    /**
     * Reads one rule or an array of them.
     *
     * @throws IllegalArgumentException with what is wrong, in one line
     */
    public static List<Fault> read(byte[] json) {
        try {
            FaultRule[] rules = MAPPER.readValue(json, FaultRule[].class);
            if (rules == null || Stream.of(rules).anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("null is no rule");
            }
            return Stream.of(rules).map(FaultRule::toFault).toList();
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String write(List<Faults.Listed> faults) {
        try {
            return MAPPER.writeValueAsString(
                    new Rules(faults.stream().map(FaultRule::of).toList()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
