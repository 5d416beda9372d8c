package io.millrace.producer.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as people write them: {@code 5s}, {@code 100ms}, {@code 0.1}, {@code 32MiB}, {@code 16M}. The
 * library takes no jar along, so this is a copy of the grammar that Millrace's processes read; a test holds it to
 * theirs.
 */
public final class Units {
    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})\\s*(ms|s|m|h|d)?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})\\s*([kmgt]?)(?:i?b)?");

    private Units() {}

    /** To the nearest millisecond; a number without a unit is in seconds. */
    public static Duration duration(String text) {
        Matcher matcher = match(DURATION, text);
        long unit = matcher.group(2) == null ? 1_000 : millis(matcher.group(2));
        return Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** K, M, G and T are powers of 1,024; a number without a unit is in bytes. */
    public static long bytes(String text) {
        Matcher matcher = match(SIZE, text);
        int power = " kmgt".indexOf((matcher.group(2) + " ").charAt(0));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }

    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] {"h", "m", "s"}) {
            if (millis != 0 && millis % millis(unit) == 0) {
                return millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    public static String format(long bytes) {
        int power = bytes == 0 ? 0 : Math.min(Long.numberOfTrailingZeros(bytes) / 10, 4);
        String unit = power == 0 ? "" : "KMGT".charAt(power - 1) + "iB";
        return (bytes >> (10 * power)) + unit;
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a number, with a unit or without");
        }
        return matcher;
    }
}
