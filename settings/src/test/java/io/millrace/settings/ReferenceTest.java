package io.millrace.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {

    private static final List<Setting<?>> ALL = List.of(
            Settings.integer("SHARD_COUNT", "How many.", 1, 9)
                    .or("--shards")
                    .takes("N")
                    .orElse("1"),
            Settings.flag("--dry", "Nothing is done."),
            SharedSettings.REGION.meaning("Where."));

    private static final String TABLE = """
            | Name | Default | Meaning | Allowed |
            |---|---|---|---|
            | `SHARD_COUNT` or `--shards N` | `1` | How many. | a whole number from 1 to 9 |
            | `--dry` |  | Nothing is done. | true or false |
            | `AWS_REGION` or `AWS_DEFAULT_REGION` |  | Where. | the name of a region, for example us-east-1 |
            """;

    @TempDir
    Path root;

    @Test
    void aTableAndAText() {
        assertEquals(TABLE, Reference.markdown(ALL));
        assertTrue(Reference.text(ALL).startsWith("""
                  SHARD_COUNT, --shards N (1)
                      How many. Allowed: a whole number from 1 to 9.
                  --dry
                """), Reference.text(ALL));
    }

    @Test
    void aPageThatDiffersOrLacksAMarkerOrANameThatIsNotInTheCatalogueIsRefused() throws IOException {
        page("<!-- a-settings -->\n" + TABLE + "<!-- /a-settings -->\n");
        SettingsPage page = new SettingsPage(root);
        page.hold("a", ALL);
        for (String text : List.of(
                "no marker",
                "<!-- a-settings -->\n" + TABLE,
                TABLE + "<!-- /a-settings -->",
                "<!-- a-settings -->\n" + TABLE.replace("many", "few") + "<!-- /a-settings -->\n")) {
            page(text);
            assertThrows(IllegalStateException.class, () -> page.hold("a", ALL), text);
        }
        List<Setting<?>> unknown = List.of(Settings.flag("SOMETHING_NEW", "New."));
        page("<!-- a-settings -->\n" + Reference.markdown(unknown) + "<!-- /a-settings -->\n");
        assertThrows(IllegalStateException.class, () -> page.hold("a", unknown));
    }

    /** Each process holds its table to its code, and to the catalogue; so the catalogue has no name of no process. */
    @Test
    void theCatalogueIsWhatTheTablesList() throws IOException {
        Set<String> listed = Files.readString(Path.of("..", "docs", "settings.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ", 1)))
                .flatMap(cell -> Pattern.compile("`([A-Z0-9_]+)`").matcher(cell).results())
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Catalogue.NAMES), listed);
    }

    private void page(String text) throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/settings.md"), text);
    }
}
