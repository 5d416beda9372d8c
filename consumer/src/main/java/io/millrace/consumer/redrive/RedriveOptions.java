package io.millrace.consumer.redrive;

import static io.millrace.settings.SharedSettings.BUCKET;
import static io.millrace.settings.SharedSettings.STREAM;
import static io.millrace.settings.SharedSettings.STREAM_NAME;
import static io.millrace.settings.SharedSettings.TARGET_BUCKET;

import io.millrace.lake.deadletter.DeadLetter;
import io.millrace.lake.partition.OutputPartition;
import io.millrace.settings.Reference;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SettingsException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to redrive.
 *
 * @param prefix of the objects' keys, below or at {@value #ROOT}
 * @param from letters whose record arrived then or later
 * @param to letters whose record arrived before then
 * @param stream where to put them; empty: where each came from
 * @param execute false: a dry run, which counts only
 */
public record RedriveOptions(
        String bucket,
        String prefix,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> stream,
        boolean execute) {

    /** Under which dead letters lie. */
    public static final String ROOT = OutputPartition.DEAD_LETTERS;

    private static final Setting<String> FROM_BUCKET = Settings.text(
                    "--bucket",
                    "The bucket that the dead letters are in. Without it, the bucket of the consumer.",
                    TARGET_BUCKET.allowed(),
                    BUCKET)
            .takes("NAME");

    private static final Setting<String> PREFIX = Settings.text(
                    "--prefix",
                    "Only objects whose key starts so, for example _dead-letter/reason=not-json/year=2026/month=01/.",
                    "a key that starts with " + ROOT,
                    ROOT + ".*")
            .takes("PREFIX")
            .orElse(ROOT);

    private static final Setting<Instant> FROM =
            time("--from", "Only letters whose record arrived at this time or later.");

    private static final Setting<Instant> TO = time("--to", "Only letters whose record arrived before this time.");

    private static final Setting<String> ONTO = Settings.text(
                    "--stream",
                    "Put the letters on this stream, instead of the stream that each came from.",
                    STREAM_NAME.allowed(),
                    STREAM)
            .takes("NAME");

    private static final Setting<Boolean> EXECUTE = Settings.flag(
                    "--execute", "Put the letters on the stream. Without it, nothing is put: it only counts.")
            .orElse("false");

    private static final List<Setting<?>> ALL = List.of(FROM_BUCKET, PREFIX, FROM, TO, ONTO, EXECUTE);

    /** What {@code redrive --help} says. */
    public static final String USAGE = """
            Puts dead letters back on the stream that they came from, or only counts them (the default).

              java -jar millrace-consumer.jar redrive [option]...

            %s
            You can stop it and run it again: it notes under _redrive/ in the bucket what it has put, and passes
            that over. After a crash, the letters of the last request (500 at most) may be put twice. Letters
            stay where they are; delete them, or let a lifecycle rule do it. The AWS settings are those of the
            consumer. Exit code 0; 1 when some letters could not be put.
            """.formatted(Reference.text(ALL));

    /**
     * Reads the command line.
     *
     * @throws SettingsException with every problem
     */
    public static RedriveOptions parse(List<String> args, String defaultBucket) {
        SettingReader settings = new SettingReader(args, Map.of(), ALL);
        RedriveOptions options = new RedriveOptions(
                settings.find(FROM_BUCKET).orElse(defaultBucket),
                settings.get(PREFIX),
                settings.find(FROM),
                settings.find(TO),
                settings.find(ONTO),
                settings.get(EXECUTE));
        settings.words(0);
        settings.requireNoProblem();
        return options;
    }

    /** Whether a letter is within the times asked for. */
    boolean takes(DeadLetter letter) {
        return from.filter(letter.arrival()::isBefore).isEmpty()
                && to.map(letter.arrival()::isBefore).orElse(true);
    }

    private static Setting<Instant> time(String name, String meaning) {
        return Settings.of(
                        name,
                        meaning,
                        "an ISO-8601 time with an offset, for example 2026-01-31T00:00:00Z",
                        text -> OffsetDateTime.parse(text).toInstant())
                .takes("TIME");
    }
}
