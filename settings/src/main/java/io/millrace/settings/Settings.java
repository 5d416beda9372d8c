package io.millrace.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of setting: each says what it allows, and how it is read. Words are read in any case. */
public final class Settings {

    private Settings() {}

    /** Text that matches a pattern as a whole. */
    public static Setting<String> text(String name, String meaning, String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return of(name, meaning, allowed, text -> {
            require(compiled.matcher(text).matches());
            return text;
        });
    }

    /** Texts with commas between, each of which matches a pattern; empty ones are left out. */
    public static Setting<List<String>> list(String name, String meaning, String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return of(name, meaning, allowed + ", with commas between", text -> {
            List<String> parts = parts(text);
            require(parts.stream().allMatch(part -> compiled.matcher(part).matches()));
            return parts;
        });
    }

    /** The texts between commas, stripped, without empty ones. */
    public static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** A whole number within bounds, both included. */
    public static Setting<Integer> integer(String name, String meaning, int min, int max) {
        return of(name, meaning, between(min, max), text -> (int) within(Long.parseLong(text), min, max));
    }

    /** A whole number within bounds, both included. */
    public static Setting<Long> number(String name, String meaning, long min, long max) {
        return of(name, meaning, between(min, max), text -> within(Long.parseLong(text), min, max));
    }

    /** A duration in the grammar of {@link Units#duration}; both bounds, in the same grammar, are included. */
    public static Setting<Duration> duration(String name, String meaning, String min, String max) {
        Duration least = Units.duration(min);
        Duration most = Units.duration(max);
        return of(name, meaning, durations(min, max), text -> {
            Duration value = Units.duration(text);
            require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
            return value;
        });
    }

    /** How the bounds of a duration are told. */
    public static String durations(String min, String max) {
        return "a duration from " + min + " to " + max + "; a number alone is in seconds";
    }

    /** A size in the grammar of {@link Units#bytes}; both bounds, in the same grammar, are included. */
    public static Setting<Long> bytes(String name, String meaning, String min, String max) {
        long least = Units.bytes(min);
        long most = Units.bytes(max);
        return of(name, meaning, sizes(min, max), text -> within(Units.bytes(text), least, most));
    }

    /** How the bounds of a size are told. */
    public static String sizes(String min, String max) {
        return "a size from " + min + " to " + max + "; a number alone is in bytes";
    }

    /** One constant of an enum; {@code -} and {@code :} may stand for the {@code _} in its name. */
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

    /** On or off. */
    public static Setting<Boolean> flag(String name, String meaning) {
        return of(name, meaning, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("not allowed");
        });
    }

    /** An http or https URL. */
    public static Setting<URI> url(String name, String meaning) {
        return of(name, meaning, "an http:// or https:// URL without a password", Settings::http);
    }

    /** Reads an http or https URL; a password in it would be shown and logged, so it is refused. */
    public static URI http(String text) {
        URI uri = URI.create(text);
        require("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        require(uri.getHost() != null && uri.getUserInfo() == null);
        return uri;
    }

    /** A file or folder. */
    public static Setting<Path> path(String name, String meaning, String allowed) {
        return of(name, meaning, allowed, Path::of);
    }

    /** A setting with a reading of its own. */
    public static <T> Setting<T> of(String name, String meaning, String allowed, Function<String, T> parser) {
        return new Setting<>(List.of(name), "", meaning, allowed, "", false, parser);
    }

    /** Refuses the text being read. */
    public static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException("not allowed");
        }
    }

    private static String between(long min, long max) {
        return "a whole number from " + min + " to " + max;
    }

    private static long within(long value, long min, long max) {
        require(value >= min && value <= max);
        return value;
    }
}
