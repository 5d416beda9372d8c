package io.millrace.consumer.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * Jackson's factory, which remembers every field name that its parsers met, so that they know the next record's: a new one
 * from time to time, for it never forgets, and names may be as long and as many as a sender likes. Not thread-safe.
 */
final class KnownNames {

    static final int DEPTH_LIMIT = 1_000;

    /** Names, numbers and the texts that are asked for become characters, several times over, while they are read. */
    static final int TEXT_LIMIT = 1 << 20;

    /** Its names are in no more data than this, and one record's. */
    private static final int LONGEST_LIFE_BYTES = 1 << 20;

    /** Other texts are as long as they are. The table of names must not decide what is malformed. */
    private static final JsonFactory NEW = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_LIMIT)
                    .maxNameLength(TEXT_LIMIT)
                    .maxNumberLength(TEXT_LIMIT)
                    .maxStringLength(TEXT_LIMIT)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private JsonFactory factory = NEW.copy();
    private long bytesRead;

    JsonFactory factory() {
        return factory;
    }

    /**
     * So many bytes have been read.
     *
     * @return whether its names are forgotten with that: a parser made before knows them still
     */
    boolean hasForgottenAfter(int bytes) {
        bytesRead += bytes;
        if (bytesRead < LONGEST_LIFE_BYTES) {
            return false;
        }
        factory = NEW.copy();
        bytesRead = 0;
        return true;
    }
}
