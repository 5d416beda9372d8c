package io.millrace.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The settings that each process knows, from the tables of docs/settings.md, which the modules' own tests hold to the
 * code.
 */
final class Settings {

    /** The first cell of a row has all names of a setting. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `.*?` \\|");

    private static final Pattern NAME = Pattern.compile("`([A-Z0-9_]+)`");

    private Settings() {}

    /** @param table the name between the markers, as {@code consumer-settings} */
    static Set<String> of(String table) throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/settings.md"));
        int from = page.indexOf("<!-- " + table + " -->");
        int to = page.indexOf("<!-- /" + table + " -->");
        if (from < 0 || to < from) {
            throw new IllegalStateException("no table " + table + " in docs/settings.md");
        }
        Set<String> names = new TreeSet<>();
        ROW.matcher(page.substring(from, to))
                .results()
                .flatMap((MatchResult row) -> NAME.matcher(row.group()).results())
                .forEach(name -> names.add(name.group(1)));
        return names;
    }
}
