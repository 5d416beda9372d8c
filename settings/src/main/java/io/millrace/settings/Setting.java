package io.millrace.settings;

import java.util.function.Function;

/**
 * One setting, described once: reading, {@code --help}, {@code --check-config} and the README's table follow from it.
 *
 * @param name the environment variable, and the key in CONFIG_FILE
 * @param meaning what it decides, in one sentence
 * @param allowed what it may hold, as the error message says it after "allowed: "
 * @param defaultText the value taken where nothing is set, in the form a user would write; empty: no default
 * @param parser turns the text into a value; an {@link IllegalArgumentException} or any other runtime exception means
 *     the text is not allowed
 */
public record Setting<T>(String name, String meaning, String allowed, String defaultText, Function<String, T> parser) {

    /** The same setting with another default. */
    public Setting<T> orElse(String text) {
        return new Setting<>(name, meaning, allowed, text, parser);
    }
}
