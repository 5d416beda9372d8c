package io.millrace.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of durations and sizes, the same for every setting. */
public final class Units {

    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})\\s*(ms|s|m|h|d)?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})\\s*([kmgt]?)(?:i?b)?");

    private Units() {}

    /**
     * A duration, to the nearest millisecond: a number, decimals allowed, with {@code ms}, {@code s}, {@code m},
     * {@code h} or {@code d} in any case; without a unit it is seconds. Examples: {@code 5s}, {@code 100ms}, {@code
     * 0.1}, {@code 2m}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Duration duration(String text) {
        Matcher matcher = match(DURATION, text);
        long unit = matcher.group(2) == null ? 1_000 : millis(matcher.group(2));
        return Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /**
     * A size in bytes: a whole number, with {@code K}, {@code M}, {@code G} or {@code T} for powers of 1,024, and
     * {@code B} or {@code iB} after it or not, in any case. Examples: {@code 16MiB}, {@code 16M}, {@code 64KiB},
     * {@code 1000}.
     *
     * @throws IllegalArgumentException for any other text
     * @throws ArithmeticException beyond a long
     */
    public static long bytes(String text) {
        Matcher matcher = match(SIZE, text);
        int power = " kmgt".indexOf((matcher.group(2) + " ").charAt(0));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }

    /** The shortest text without decimals that {@link #duration} reads as this, to the millisecond. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] {"h", "m", "s"}) {
            if (millis != 0 && millis % millis(unit) == 0) {
                return millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    /** The shortest text that {@link #bytes} reads as this. */
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
        Settings.require(matcher.matches());
        return matcher;
    }
}
