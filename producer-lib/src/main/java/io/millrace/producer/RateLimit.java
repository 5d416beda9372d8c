package io.millrace.producer;

import java.util.Locale;

/**
 * How a shard is held to its limits of 1,000 records and 1 MiB a second.
 *
 * @param mode when the limit applies
 * @param percent of the shard's limits that this producer may use; several producers share a shard's limits
 */
public record RateLimit(Mode mode, int percent) {

    /** Not at all: only Kinesis's refusals slow a shard down. */
    public static final RateLimit OFF = new RateLimit(Mode.OFF, 100);

    /** From the first refusal on: the rate falls with each further one and climbs slowly while there is none. */
    public static final RateLimit AUTO = new RateLimit(Mode.AUTO, 100);

    /** When a limit applies. */
    public enum Mode {
        /** Never. */
        OFF,
        /** Once Kinesis has refused records of the shard. */
        AUTO,
        /** Always. */
        ALWAYS
    }

    public RateLimit {
        if (percent < 1 || percent > 1000) {
            throw new IllegalArgumentException("the percentage must be 1 to 1000, was " + percent);
        }
    }

    /** From the first record on, {@code percent} of the shard's limits. */
    public static RateLimit ofPercent(int percent) {
        return new RateLimit(Mode.ALWAYS, percent);
    }

    static RateLimit parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "off" -> OFF;
            case "auto" -> AUTO;
            default -> ofPercent(Integer.parseInt(text.replaceFirst("%$", "")));
        };
    }

    @Override
    public String toString() {
        return mode == Mode.ALWAYS ? percent + "%" : mode.name().toLowerCase(Locale.ROOT);
    }
}
