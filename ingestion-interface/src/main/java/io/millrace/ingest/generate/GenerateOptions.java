package io.millrace.ingest.generate;

import io.millrace.ingest.config.IngestSettings;
import io.millrace.producer.ProducerConfig;
import io.millrace.settings.Reference;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the generator was asked for.
 *
 * @param rate events a second; 0 for as fast as it goes
 * @param events how many to send; 0 for no bound but the time or the file's end
 * @param seconds for how long; 0 for no bound
 * @param services how many services the made-up events come from
 * @param seed decides the made-up events
 * @param run begins each made-up event's id, so that two runs share none
 * @param file events to send instead of made-up ones
 */
record GenerateOptions(
        long rate,
        long events,
        long seconds,
        int services,
        long seed,
        String run,
        Optional<Path> file,
        ProducerConfig producer) {

    private static final String DEFAULT_SECONDS = "10";

    private static final Setting<Long> RATE = Settings.number(
                    "--rate", "Events a second. 0 means as fast as possible.", 0, 10_000_000)
            .takes("N")
            .orElse("0");

    private static final Setting<Long> SECONDS = Settings.number(
                    "--seconds",
                    "For how long to send. Without --seconds, --events and --file, it is " + DEFAULT_SECONDS + ".",
                    0,
                    10_000_000)
            .takes("N");

    private static final Setting<Long> EVENTS = Settings.number(
                    "--events", "The most events to send. 0 means no limit.", 0, Long.MAX_VALUE)
            .takes("N")
            .orElse("0");

    private static final Setting<Integer> SERVICES = Settings.integer(
                    "--services", "How many services the made-up logs come from.", 1, 100_000)
            .takes("N")
            .orElse("6");

    private static final Setting<Long> SEED = Settings.number(
                    "--seed",
                    "The same seed makes the same logs, except for time and id.",
                    Long.MIN_VALUE,
                    Long.MAX_VALUE)
            .takes("N")
            .orElse("1");

    private static final Setting<String> RUN = Settings.text(
                    "--run",
                    "The start of each made-up event_id. Without it, it is the time, so that two runs share no id.",
                    "any text",
                    ".+")
            .takes("NAME");

    private static final Setting<Path> FILE = Settings.of(
                    "--file",
                    "Send the events of this file instead: one JSON object a line, .gz too.",
                    "a file that can be read",
                    text -> {
                        Settings.require(Files.isReadable(Path.of(text)));
                        return Path.of(text);
                    })
            .takes("FILE");

    private static final List<Setting<String>> PRODUCER =
            IngestSettings.PRODUCER.stream().map(GenerateOptions::option).toList();

    private static final List<Setting<?>> SHOWN = Stream.<Setting<?>>concat(
                    Stream.of(RATE, SECONDS, EVENTS, SERVICES, SEED, RUN, FILE),
                    PRODUCER.stream().filter(setting -> !setting.placeholder().isEmpty()))
            .toList();

    private static final List<Setting<?>> ALL = Stream.of(SHOWN, PRODUCER, List.of(SharedSettings.CONFIG_FILE))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    static final String HELP = """
            Usage: java -jar millrace-ingestion-interface.jar generate [option]...

            Sends made-up logs, or those of a file, to the stream and tells what was accepted and delivered.
            Exit 0 when every event was delivered, 1 when not, 2 for wrong usage.

            %s
            The other settings of the producer are environment variables; --help without 'generate' lists them.
            """.formatted(Reference.text(SHOWN));

    /** @throws io.millrace.settings.SettingsException with every problem */
    static GenerateOptions parse(List<String> arguments, Map<String, String> environment, long nowMillis) {
        SettingReader settings = new SettingReader(arguments, environment, ALL);
        Optional<Path> file = settings.find(FILE);
        long events = settings.get(EVENTS);
        boolean bounded = events > 0 || file.isPresent();
        GenerateOptions options = new GenerateOptions(
                settings.get(RATE),
                events,
                settings.find(SECONDS).orElse(bounded ? 0L : Long.parseLong(DEFAULT_SECONDS)),
                settings.get(SERVICES),
                settings.get(SEED),
                settings.find(RUN).orElse(Long.toString(nowMillis, 36)),
                file,
                IngestSettings.producer(settings, PRODUCER));
        settings.words(0);
        settings.requireNoProblem();
        return options;
    }

    /** The settings that have an option here. */
    private static Setting<String> option(Setting<String> setting) {
        return switch (setting.name()) {
            case "KINESIS_STREAM_NAME" -> setting.or("--stream").takes("NAME");
            case "AWS_ENDPOINT_URL" -> setting.or("--endpoint-url").takes("URL");
            case "AWS_REGION" -> setting.or("--region").takes("NAME");
            case "PRODUCER_PARTITION_KEY" -> setting.or("--partition-key").takes("KEY");
            default -> setting;
        };
    }
}
