package io.millrace.dashboard.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** {@link Setting} as text for people: {@code --help} and the README's table. */
public final class SettingsText {

    private SettingsText() {}

    /** For the console: a setting and its default on one line, what it means on the next. */
    public static String help() {
        return Arrays.stream(Setting.values())
                .map(s -> "  " + s + (s.defaultValue().isEmpty() ? "" : " (default " + s.defaultValue() + ")")
                        + "\n      " + s.description() + "\n      allowed: " + s.allowed())
                .collect(Collectors.joining("\n"));
    }

    /** For the README: a Markdown table, one setting a row. */
    public static String markdownTable() {
        return Arrays.stream(Setting.values())
                .map(s -> "| `" + s + "` | " + code(s.defaultValue()) + " | " + s.description() + " | " + s.allowed()
                        + " |")
                .collect(Collectors.joining(
                        "\n", "| variable | default | meaning | allowed |\n|---|---|---|---|\n", "\n"));
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }
}
