package io.millrace.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of setting: each says what it allows and how it reads it. */
public final class Settings {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})\\s*([KMG]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);

    private Settings() {}

    /** Text that matches a pattern as a whole. */
    public static Setting<String> text(String name, String meaning, String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return of(name, meaning, allowed, text -> {
            require(compiled.matcher(text).matches());
            return text;
        });
    }

    /** A whole number within bounds, both included. */
    public static Setting<Integer> integer(String name, String meaning, int min, int max) {
        return of(name, meaning, "a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            require(value >= min && value <= max);
            return value;
        });
    }

    /** A span given in seconds, decimals allowed, down to the millisecond; both bounds included. */
    public static Setting<Duration> seconds(String name, String meaning, String min, String max) {
        BigDecimal least = new BigDecimal(min);
        BigDecimal most = new BigDecimal(max);
        return of(name, meaning, "seconds from " + min + " to " + max, text -> {
            BigDecimal value = new BigDecimal(text);
            require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
            return Duration.ofMillis(
                    value.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
        });
    }

    /** A size in bytes, with K, M or G for powers of 1,024; both bounds included. */
    public static Setting<Long> bytes(String name, String meaning, String min, String max) {
        long least = parseSize(min);
        long most = parseSize(max);
        return of(name, meaning, "bytes from " + min + " to " + max + " (K, M, G: powers of 1,024)", text -> {
            long value = parseSize(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    /** One constant of an enum, in any case; its name may hold {@code -} or {@code :} for the enum's {@code _}. */
    public static <E extends Enum<E>> Setting<E> oneOf(String name, String meaning, Class<E> values) {
        String allowed = Arrays.stream(values.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return of(
                name,
                meaning,
                allowed,
                text -> Enum.valueOf(
                        values, text.toUpperCase(Locale.ROOT).replace('-', '_').replace(':', '_')));
    }

    /** An http or https URL. */
    public static Setting<URI> url(String name, String meaning) {
        return of(name, meaning, "an http:// or https:// URL without a password", text -> {
            URI uri = URI.create(text);
            require(("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null);
            return uri;
        });
    }

    /** A setting with a reading of its own. */
    public static <T> Setting<T> of(String name, String meaning, String allowed, Function<String, T> parser) {
        return new Setting<>(name, meaning, allowed, "", parser);
    }

    /** Refuses the text being read. */
    public static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException("not allowed");
        }
    }

    private static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        require(matcher.matches());
        int power = " KMG".indexOf(Character.toUpperCase((matcher.group(2) + " ").charAt(0)));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }
}
