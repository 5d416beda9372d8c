package io.millrace.consumer.commit;

import io.millrace.consumer.sink.Compression;
import java.util.Optional;

/**
 * Everything that decides which objects a batch becomes, what they are called and which bytes they hold. It is stored
 * with each pending commit, so that whoever finishes it writes the same objects, whatever its own settings are.
 *
 * @param version of the code's own rules (parsing, times, escaping, key layout, limits): see {@link #VERSION}
 * @param serviceField where an event names its service: a top-level name, or a dotted path
 * @param timestampField where an event holds its time, likewise
 * @param dedupeField the field that identifies an event, where duplicates are to be dropped
 */
public record Layout(
        int version,
        Compression compression,
        String serviceField,
        String timestampField,
        Optional<String> dedupeField) {

    /** To be raised, once there is a release, with every change that gives an event another object or other bytes. */
    public static final int VERSION = 1;

    public Layout {
        if (serviceField.isBlank()
                || timestampField.isBlank()
                || dedupeField.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("the names of the service, timestamp and dedupe fields are not blank");
        }
    }

    /** No compression, {@code service}, {@code timestamp}, no dedupe. */
    public static Layout standard() {
        return new Layout(VERSION, Compression.NONE, "service", "timestamp", Optional.empty());
    }
}
