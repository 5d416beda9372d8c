package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page's code must not do: log content would become markup or script. */
class PageLintTest {

    private static final Path WEB = Path.of("src", "main", "resources", "web");
    private static final Pattern BANNED = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|createContextualFragment|DOMParser|srcdoc|setHTML"
                    + "|\\beval\\b|new Function|javascript:|https?://");

    @Test
    void textReachesThePageAsTextOnlyAndNothingComesFromOutside() throws IOException {
        for (Path file : files()) {
            // The vendored library is held to the first rule by the policy of trusted types.
            if (!file.startsWith(WEB.resolve("vendor")) && !file.toString().endsWith(".svg")) {
                String text = Files.readString(file);
                assertFalse(BANNED.matcher(text).find(), file::toString);
            }
        }
        assertFalse(Files.readString(WEB.resolve("vendor/uPlot.esm.js")).contains("innerHTML"));
    }

    @Test
    void everyFileOfThePageIsServed() throws IOException {
        Set<String> present = new TreeSet<>();
        for (Path file : files()) {
            present.add(WEB.relativize(file).toString().replace('\\', '/'));
        }
        present.removeAll(Set.of("files.txt", "vendor/SHA256SUMS.txt"));

        assertEquals(present, new TreeSet<>(Files.readAllLines(WEB.resolve("files.txt"))));
    }

    @Test
    void vendoredFilesAreThoseThatWereTaken() throws Exception {
        for (String line : Files.readAllLines(WEB.resolve("vendor/SHA256SUMS.txt"))) {
            String[] parts = line.split(" +", 2);
            byte[] content = Files.readAllBytes(WEB.resolve("vendor").resolve(parts[1]));
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertEquals(parts[0], sum, parts[1]);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(WEB)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
