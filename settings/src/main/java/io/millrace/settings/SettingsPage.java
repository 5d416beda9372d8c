package io.millrace.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * docs/settings.md: a table for each process, between {@code <!-- PROCESS-settings -->} and {@code <!--
 * /PROCESS-settings -->}.
 * The tests of each process hold its table to the code, and scripts/settings-page.sh runs them so that they write it.
 */
public final class SettingsPage {

    /** The system property that has {@link #hold} write the table. */
    static final String WRITE = "millrace.settings.write";

    private static final String PAGE = "docs/settings.md";

    private final Path file;

    /** @param root the folder of the checkout */
    public SettingsPage(Path root) {
        this.file = root.resolve(PAGE);
    }

    /**
     * Checks that the table of a process is what the code says, and that every variable is in the catalogue.
     *
     * @throws IllegalStateException when it is not, or a marker is gone
     */
    public void hold(String process, Collection<? extends Setting<?>> settings) throws IOException {
        String table = Reference.markdown(settings).strip();
        if (Boolean.getBoolean(WRITE)) {
            write(process, table);
        }
        if (!table.equals(table(process))) {
            throw new IllegalStateException(
                    PAGE + " differs from the settings of " + process + "; scripts/settings-page.sh writes it anew");
        }
        Set<String> missing = settings.stream()
                .flatMap(setting -> setting.names().stream())
                .filter(name -> !Setting.isOption(name))
                .filter(name -> !Catalogue.NAMES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(Catalogue.class.getName() + " lacks " + missing + " of " + process);
        }
    }

    private String table(String process) throws IOException {
        String text = Files.readString(file);
        return text.substring(start(text, process), end(text, process)).strip();
    }

    private void write(String process, String table) throws IOException {
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.substring(0, start(text, process)) + "\n" + table + "\n" + text.substring(end(text, process)));
    }

    private static int start(String text, String process) {
        String marker = "<!-- " + process + "-settings -->";
        return find(text, marker, 0) + marker.length();
    }

    private static int end(String text, String process) {
        return find(text, "<!-- /" + process + "-settings -->", start(text, process));
    }

    private static int find(String text, String marker, int from) {
        int at = text.indexOf(marker, from);
        if (at < 0) {
            throw new IllegalStateException(PAGE + " lacks the marker " + marker);
        }
        return at;
    }
}
