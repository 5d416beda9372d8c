package io.millrace.pipeline.commit;

import io.millrace.lake.event.TimeForms;
import io.millrace.pipeline.sink.Compression;
import java.util.Optional;

/**
 * Everything that decides which objects a batch becomes, what they are called and which bytes they hold. It is stored
 * with each pending commit, so that whoever finishes it writes the same objects, whatever its own settings are.
 *
 * <p>Versions are kept: a plan that an older release stored is finished by the rules of its version, so every rule that
 * changes stays in the code behind a method of this record that says which versions have it. A newer version than
 * {@link #VERSION} is refused. What each version makes of fixed records stands in the tests' {@code layout-N.txt}.
 *
 * <ol>
 *   <li>A copy, where there is a dedupe field, was dropped before its output partition was counted, so what a shard had
 *       seen before decided which of a record's events were beyond the limit and became dead letters.
 *   <li>A record's output partitions are counted first: what becomes a dead letter follows from the record alone.
 *   <li>More ways of writing a time are read ({@link TimeForms}), and a compact date such as {@code 20251109} is a date. It
 *       was an epoch, and other ways were no time.
 * </ol>
 *
 * @param version of the code's own rules (parsing, times, escaping, key layout, limits), from 1 to {@link #VERSION}
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

    /** To be raised with every change that gives an event another object or other bytes; the old rules stay. */
    public static final int VERSION = 3;

    public Layout {
        if (version < 1 || version > VERSION) {
            throw new IllegalArgumentException("its layout's version is " + version + ", not 1 to " + VERSION);
        }
        if (serviceField.isBlank()
                || timestampField.isBlank()
                || dedupeField.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("the names of the service, timestamp and dedupe fields are not blank");
        }
    }

    /** Whether a copy is dropped before its output partition counts towards the limit of its record. */
    public boolean dropsCopiesUncounted() {
        return version == 1;
    }

    /** How events' times are read. */
    public TimeForms timeForms() {
        return version <= 2 ? TimeForms.FIRST : TimeForms.ALL;
    }

    /** No compression, {@code service}, {@code timestamp}, no dedupe. */
    public static Layout standard() {
        return new Layout(VERSION, Compression.NONE, "service", "timestamp", Optional.empty());
    }
}
