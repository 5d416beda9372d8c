package io.millrace.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The settings that each process knows, from the documentation's tables, which the modules' own tests hold to the code. */
final class Settings {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|");

    private Settings() {}

    /** @param table the name between the markers, as {@code consumer-settings} */
    static Set<String> of(String table) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path page : Repository.pages()) {
            String text = Files.readString(page);
            int from = text.indexOf("<!-- " + table + " -->");
            if (from >= 0) {
                ROW.matcher(text.substring(from, text.indexOf("<!-- /" + table + " -->")))
                        .results()
                        .map((MatchResult row) -> row.group(1))
                        .forEach(names::add);
            }
        }
        if (names.isEmpty()) {
            throw new IllegalStateException("no table " + table + " in the documentation");
        }
        return names;
    }
}
