package io.millrace.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings as a reader sees them: plain text for {@code --help}, a Markdown table for the README. */
public final class Reference {

    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private Reference() {}

    /** One paragraph a setting. */
    public static String text(List<Setting<?>> settings) {
        return settings.stream()
                .map(setting -> "  " + setting.name()
                        + (setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + ")") + "\n"
                        + wrap(setting.meaning() + " Allowed: " + setting.allowed() + "."))
                .collect(Collectors.joining());
    }

    /** One row a setting. */
    public static String markdown(List<Setting<?>> settings) {
        return "| Variable | Default | Meaning | Allowed |\n|---|---|---|---|\n"
                + settings.stream()
                        .map(setting -> "| `" + setting.name() + "` | "
                                + (setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`") + " | "
                                + setting.meaning() + " | " + setting.allowed() + " |\n")
                        .collect(Collectors.joining());
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
