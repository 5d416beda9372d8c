package io.millrace.lakecheck;

import io.millrace.settings.Reference;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to send, where to, and how long to wait.
 *
 * @param endpoint empty for AWS itself
 * @param profile the AWS profile to take credentials from; empty for the SDK's own chain
 * @param application the consumer's APPLICATION_NAME, after which its lease table is named
 * @param serviceField where events name their service, a name or a dotted path
 * @param timestampField where events hold their time, likewise
 */
record CheckOptions(
        Path file,
        Optional<URI> endpoint,
        String region,
        Optional<String> profile,
        String stream,
        String bucket,
        String application,
        String serviceField,
        String timestampField,
        Duration timeout) {

    private static final Setting<URI> ENDPOINT =
            SharedSettings.ENDPOINT.or("--endpoint-url").takes("URL");

    private static final Setting<String> REGION =
            SharedSettings.REGION.or("--region").takes("NAME").orElse("us-east-1");

    private static final Setting<String> PROFILE = Settings.text(
                    "AWS_PROFILE",
                    "The AWS profile to take credentials from. Without it, the AWS SDK finds them.",
                    "the name of a profile",
                    ".+")
            .or("--profile")
            .takes("NAME");

    private static final Setting<String> STREAM = SharedSettings.STREAM_NAME
            .meaning("The stream to send the events to.")
            .or("--stream")
            .takes("NAME");

    private static final Setting<String> BUCKET = SharedSettings.TARGET_BUCKET
            .meaning("The bucket to read the events back from.")
            .or("--bucket")
            .takes("NAME");

    private static final Setting<String> APPLICATION =
            SharedSettings.APPLICATION_NAME.or("--application").takes("NAME");

    private static final Setting<String> SERVICE_FIELD =
            SharedSettings.SERVICE_FIELD.or("--service-field").takes("NAME");

    private static final Setting<String> TIMESTAMP_FIELD =
            SharedSettings.TIMESTAMP_FIELD.or("--timestamp-field").takes("NAME");

    private static final Setting<Duration> TIMEOUT = Settings.duration(
                    "--timeout", "How long to wait until the consumer has committed the events.", "1s", "277h")
            .takes("DURATION")
            .orElse("2m");

    /** All of them, in the order in which the reference lists them. */
    static final List<Setting<?>> ALL = List.of(
            ENDPOINT,
            REGION,
            PROFILE,
            STREAM,
            BUCKET,
            APPLICATION,
            SERVICE_FIELD,
            TIMESTAMP_FIELD,
            TIMEOUT,
            SharedSettings.CONFIG_FILE);

    static final String USAGE = """
            Usage: millrace-lake-check FILE [option]...

            Sends the events of FILE (one JSON object a line, .gz too; - is the standard input) to the stream, waits
            until the consumer has committed them, reads the bucket back and compares event by event.
            With --check-config it only prints the effective settings.
            Exit 0: each is there exactly once, byte for byte. Exit 1: not. Exit 2: it could not be tried.

            %s""".formatted(Reference.text(ALL));

    /** @throws io.millrace.settings.SettingsException with every problem */
    static CheckOptions parse(List<String> arguments, Map<String, String> environment) {
        SettingReader settings = new SettingReader(arguments, environment, ALL);
        CheckOptions options = read(settings);
        settings.requireNoProblem();
        return options;
    }

    /** Reads everything; {@link SettingReader#problems} says what was wrong, and then the result is not to be used. */
    static CheckOptions read(SettingReader settings) {
        List<String> words = settings.words(1);
        if (words.isEmpty()) {
            settings.problem("give the file of events; see --help");
        }
        return new CheckOptions(
                Path.of(words.isEmpty() ? "" : words.get(0)),
                settings.find(ENDPOINT),
                settings.get(REGION),
                settings.find(PROFILE),
                settings.get(STREAM),
                settings.get(BUCKET),
                settings.get(APPLICATION),
                settings.get(SERVICE_FIELD),
                settings.get(TIMESTAMP_FIELD),
                settings.get(TIMEOUT));
    }
}
