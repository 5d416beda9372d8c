package io.millrace.settings;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One setting, described once. Reading, {@code --help}, {@code --check-config} and docs/settings.md are made from it.
 * Immutable.
 *
 * @param names the name that people see, then other names for the same; a name that starts with {@code --} is an
 *     option of the command line, any other is an environment variable and a key in CONFIG_FILE
 * @param placeholder what {@code --help} shows for the option's value, as {@code N}; empty: the option stands alone and
 *     means {@code true}
 * @param meaning what it decides, in plain sentences
 * @param allowed what it may hold, as an error line says it after "allowed: "
 * @param defaultText the value that holds when nothing is set, as a user would write it; empty: no default
 * @param secret whether the value is never shown
 * @param parser turns the text into a value; a runtime exception means that the text is not allowed
 */
public record Setting<T>(
        List<String> names,
        String placeholder,
        String meaning,
        String allowed,
        String defaultText,
        boolean secret,
        Function<String, T> parser) {

    public Setting {
        names = List.copyOf(names);
    }

    /** The name that people see. */
    public String name() {
        return names.get(0);
    }

    /** The same setting with a default. */
    public Setting<T> orElse(String text) {
        return new Setting<>(names, placeholder, meaning, allowed, text, secret, parser);
    }

    /** The same setting with one more name, which counts when the names before it are not given. */
    public Setting<T> or(String name) {
        List<String> more = Stream.concat(names.stream(), Stream.of(name)).toList();
        return new Setting<>(more, placeholder, meaning, allowed, defaultText, secret, parser);
    }

    /** The same setting, whose option takes a value. */
    public Setting<T> takes(String value) {
        return new Setting<>(names, value, meaning, allowed, defaultText, secret, parser);
    }

    /** The same setting with what it means to one process. */
    public Setting<T> meaning(String text) {
        return new Setting<>(names, placeholder, text, allowed, defaultText, secret, parser);
    }

    /** The same setting, whose value is never shown. */
    public Setting<T> hidden() {
        return new Setting<>(names, placeholder, meaning, allowed, defaultText, true, parser);
    }

    /** Whether a name is an option of the command line. */
    static boolean isOption(String name) {
        return name.startsWith("--");
    }
}
