package io.millrace.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingReaderTest {

    private static final Setting<Integer> PORT = Settings.integer("PORT", "The port.", 0, 65_535)
            .or("--port")
            .takes("N")
            .orElse("80");
    private static final Setting<Duration> WAIT =
            Settings.duration("FLUSH_INTERVAL", "How long.", "0.2s", "1h").orElse("60s");
    private static final Setting<Boolean> DRY =
            Settings.flag("--dry", "Nothing is done.").orElse("false");
    private static final Setting<String> TOKEN =
            Settings.text("TOKEN", "A secret.", "8 letters", "[a-z]{8}").hidden();
    private static final List<Setting<?>> ALL =
            List.of(PORT, WAIT, DRY, TOKEN, SharedSettings.ENDPOINT, SharedSettings.REGION, SharedSettings.CONFIG_FILE);

    @TempDir
    Path folder;

    @Test
    void anOptionWinsOverTheEnvironmentThatOverTheFileAndThatOverTheDefault() throws IOException {
        String file = file("PORT=1\nFLUSH_INTERVAL=1\n");
        assertEquals(80, reader(List.of(), Map.of()).get(PORT));
        assertEquals(1, reader(List.of(), Map.of("CONFIG_FILE", file)).get(PORT));
        Map<String, String> both = Map.of("CONFIG_FILE", file, "PORT", "2");
        assertEquals(2, reader(List.of(), both).get(PORT));
        assertEquals(3, reader(List.of("--port", "3"), both).get(PORT));
        assertEquals(4, reader(List.of("--port=4"), both).get(PORT));
        assertEquals(Duration.ofSeconds(1), reader(List.of(), both).get(WAIT));
        assertTrue(reader(List.of("--dry"), both).get(DRY));
    }

    @Test
    void emptyMeansUnset() throws IOException {
        String file = file("AWS_ENDPOINT_URL=http://in.file\n");
        assertEquals(
                Optional.empty(),
                reader(List.of(), Map.of("AWS_ENDPOINT_URL", " ")).find(SharedSettings.ENDPOINT));
        assertEquals(
                Optional.of(URI.create("http://in.file")),
                reader(List.of(), Map.of("AWS_ENDPOINT_URL", "", "CONFIG_FILE", file))
                        .find(SharedSettings.ENDPOINT));
        assertEquals(
                80, reader(List.of("--port", ""), Map.of("PORT", "2")).get(PORT), "an empty option is the default");
    }

    @Test
    void theFirstNameWinsWithinAPlaceAndThePlaceWinsOverTheName() throws IOException {
        Map<String, String> both = Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", "eu-west-1");
        assertEquals(Optional.of("eu-west-1"), reader(List.of(), both).find(SharedSettings.REGION));
        String file = file("AWS_REGION=us-west-1\n");
        assertEquals(
                Optional.of("eu-west-2"),
                reader(List.of(), Map.of("AWS_DEFAULT_REGION", "eu-west-2", "CONFIG_FILE", file))
                        .find(SharedSettings.REGION));
    }

    @Test
    void everyProblemIsToldByTheNameAndThePlaceOfTheText() throws IOException {
        String file = file("FLUSH_INTERVAL=soon\n");
        SettingReader reader =
                reader(List.of("--port", "many", "--porz=1", "--colour", "word"), Map.of("CONFIG_FILE", file));
        reader.get(PORT);
        reader.get(WAIT);
        reader.words(0);
        assertEquals(
                List.of(
                        "--porz is not an option; did you mean --port?",
                        "--colour is not an option; --help lists the names",
                        "--port=many is not allowed; allowed: a whole number from 0 to 65535",
                        "FLUSH_INTERVAL=soon in " + file
                                + " is not allowed; allowed: a duration from 0.2s to 1h; a number alone is in seconds",
                        "'word' is not expected; see --help"),
                reader.problems());
        assertEquals(
                reader.problems(),
                assertThrows(SettingsException.class, reader::requireNoProblem).problems());
        assertEquals(
                List.of("--port needs a value; allowed: a whole number from 0 to 65535"),
                reader(List.of("--port"), Map.of()).problems());
    }

    @Test
    void aNameThatNoProcessHasIsRefusedAndAnotherProcesssNameIsPassedOver() throws IOException {
        String file =
                file("FLUSH_INTERVALS=9\nDASHBOARD_PORT=1\nflush_interval=3\nWHATEVER_THAT_IS=1\nCONFIG_FILE=x\n");
        assertEquals(
                List.of(
                        file + ": CONFIG_FILE has no effect inside the file: remove it",
                        file + ": FLUSH_INTERVALS is not a setting of Millrace; did you mean FLUSH_INTERVAL?",
                        file + ": WHATEVER_THAT_IS is not a setting of Millrace; --help lists the names",
                        file + ": flush_interval is not a setting of Millrace; did you mean FLUSH_INTERVAL?"),
                reader(List.of(), Map.of("CONFIG_FILE", file)).problems());
    }

    @Test
    void aByteOrderMarkIsDropped() throws IOException {
        SettingReader reader = reader(List.of(), Map.of("CONFIG_FILE", file("\uFEFFPORT=7\r\n")));
        assertEquals(7, reader.get(PORT));
        assertEquals(List.of(), reader.problems());
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        Path latin1 = Files.write(folder.resolve("latin1"), new byte[] {'A', '=', (byte) 0xE4});
        Path escape = Files.writeString(folder.resolve("escape"), "PORT=\\u12");
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        for (Path file : List.of(latin1, escape, large, folder, folder.resolve("absent"))) {
            List<String> problems =
                    reader(List.of(), Map.of("CONFIG_FILE", file.toString())).problems();
            assertEquals(1, problems.size(), problems.toString());
            assertTrue(problems.get(0).startsWith("CONFIG_FILE=" + file + " is not allowed"), problems.get(0));
        }
    }

    @Test
    void secretsAreNeverShown() throws IOException {
        String wrong = "Hunter2!";
        SettingReader reader = reader(
                List.of(), Map.of("TOKEN", wrong, "AWS_ENDPOINT_URL", "http://me:" + wrong + "@host", "PORT", "1"));
        ALL.forEach(reader::find);
        assertEquals("***", reader.effective().get("TOKEN"));
        assertEquals("1", reader.effective().get("PORT"));
        assertEquals(2, reader.problems().size());
        assertTrue(reader.problems().get(0).startsWith("TOKEN=*** is not allowed"), reader.problems()::toString);
        assertFalse((reader.problems() + reader.effective().toString()).contains(wrong));
        assertEquals("", reader(List.of(), Map.of()).effective().get("TOKEN"));
    }

    @Test
    void checkPrintsWhatHoldsAndEveryProblem() {
        SettingReader reader = reader(List.of("--port", "1"), Map.of("TOKEN", "abcdefgh", "FLUSH_INTERVAL", "soon"));
        ALL.forEach(reader::find);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertFalse(reader.check(new PrintStream(out, true), new PrintStream(err, true)));
        assertTrue(
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                        .containsAll(List.of("PORT=1", "TOKEN=***", "AWS_REGION=")),
                out::toString);
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
        assertTrue(reader(List.of(), Map.of()).check(new PrintStream(out, true), new PrintStream(err, true)));
    }

    @Test
    void wordsAreReadInAnyCase() {
        for (LogLevel level : LogLevel.values()) {
            for (String text : List.of(level.name(), level.name().toLowerCase(Locale.ROOT), "  " + level)) {
                SettingReader reader = reader(List.of(), Map.of("LOG_LEVEL", text));
                assertEquals(level, reader.get(SharedSettings.LOG_LEVEL));
                assertEquals(List.of(), reader.problems());
            }
        }
    }

    private static SettingReader reader(List<String> arguments, Map<String, String> environment) {
        return new SettingReader(arguments, environment, ALL);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("my settings.properties"), text).toString();
    }
}
