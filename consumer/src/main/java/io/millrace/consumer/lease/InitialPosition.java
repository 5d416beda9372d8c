package io.millrace.consumer.lease;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Where to start in a stream that the application has never read. */
public sealed interface InitialPosition {

    /** The oldest record that Kinesis still holds. */
    record TrimHorizon() implements InitialPosition {}

    /** The records put from now on. */
    record Latest() implements InitialPosition {}

    /** The records that arrived at this time or later. */
    record At(Instant time) implements InitialPosition {}

    static InitialPosition parse(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "TRIM_HORIZON" -> new TrimHorizon();
            case "LATEST" -> new Latest();
            default -> new At(OffsetDateTime.parse(text).toInstant());
        };
    }
}
