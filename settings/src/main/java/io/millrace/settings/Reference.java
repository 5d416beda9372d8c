package io.millrace.settings;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings as a reader sees them: plain text for {@code --help}, a table for {@code --help=markdown} and the docs.
 */
public final class Reference {

    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private Reference() {}

    /** One paragraph a setting. */
    public static String text(Collection<? extends Setting<?>> settings) {
        return settings.stream()
                .map(setting -> "  " + String.join(", ", names(setting))
                        + (setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + ")") + "\n"
                        + wrap(setting.meaning() + " Allowed: " + setting.allowed() + "."))
                .collect(Collectors.joining());
    }

    /** One row a setting. */
    public static String markdown(Collection<? extends Setting<?>> settings) {
        return "| Name | Default | Meaning | Allowed |\n|---|---|---|---|\n"
                + settings.stream()
                        .map(setting -> "| "
                                + names(setting).stream().map(Reference::code).collect(Collectors.joining(" or "))
                                + " | "
                                + (setting.defaultText().isEmpty() ? "" : code(setting.defaultText())) + " | "
                                + setting.meaning() + " | " + setting.allowed() + " |\n")
                        .collect(Collectors.joining());
    }

    private static List<String> names(Setting<?> setting) {
        return setting.names().stream()
                .map(name -> Setting.isOption(name) ? (name + " " + setting.placeholder()).strip() : name)
                .toList();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String wrap(String paragraph) {
        StringBuilder text = new StringBuilder(INDENT);
        int column = INDENT.length();
        for (String word : paragraph.split(" ")) {
            if (column + word.length() > WIDTH) {
                text.append('\n').append(INDENT);
                column = INDENT.length();
            }
            text.append(word).append(' ');
            column += word.length() + 1;
        }
        return text.toString().replace(" \n", "\n").stripTrailing() + "\n";
    }
}
