package io.millrace.ingest.generate;

import io.millrace.producer.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param variables the producer's settings
 */
record GenerateOptions(
        long rate,
        long events,
        long seconds,
        int services,
        long seed,
        String run,
        Optional<Path> file,
        Map<String, String> variables) {

    /** Options that are the producer's settings by another name. */
    private static final Map<String, String> SETTINGS = Map.of(
            "--stream", "KINESIS_STREAM_NAME",
            "--endpoint-url", "AWS_ENDPOINT_URL",
            "--region", "AWS_DEFAULT_REGION",
            "--partition-key", "PRODUCER_PARTITION_KEY");

    private static final Set<String> OWN =
            Set.of("--rate", "--events", "--seconds", "--services", "--seed", "--run", "--file");

    static final String HELP = """
            Usage: java -jar millrace-ingestion-interface.jar generate [options]

            Sends made-up logs, or those of a file, to the stream and tells what was accepted and delivered.
            Exit 0 when every event was delivered, 1 when not, 2 for wrong usage.

            --rate N           events a second; 0 (the default) for as fast as it goes
            --seconds N        for how long; default 10 where neither --events nor --file is given
            --events N         how many at most
            --services N       services that the made-up logs come from; default 6
            --seed N           the same seed makes the same logs, but for time and id; default 1
            --run NAME         begins each made-up event_id; default: the time, so that ids are unique across runs
            --file FILE        sends this file instead: one JSON object a line, .gz too
            --stream NAME      KINESIS_STREAM_NAME
            --endpoint-url URL AWS_ENDPOINT_URL
            --region NAME      AWS_DEFAULT_REGION
            --partition-key K  PRODUCER_PARTITION_KEY: service, field:NAME, spread, spread:N or random

            The producer's other settings are environment variables; --help without 'generate' lists them.
            """;

    /** @throws ConfigException with every problem */
    static GenerateOptions parse(List<String> arguments, Map<String, String> environment, long nowMillis) {
        List<String> problems = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        Map<String, String> variables = new HashMap<>(environment);
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!OWN.contains(name) && !SETTINGS.containsKey(name)) {
                problems.add("unknown option " + name + "; generate --help lists what there is");
                break;
            }
            if (i + 1 == arguments.size()) {
                problems.add(name + " needs a value");
            } else if (SETTINGS.containsKey(name)) {
                variables.put(SETTINGS.get(name), arguments.get(i + 1));
            } else {
                given.put(name, arguments.get(i + 1));
            }
        }
        Numbers numbers = new Numbers(given, problems);
        Optional<Path> file = Optional.ofNullable(given.get("--file")).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            problems.add("--file=" + file.get() + ": no file that can be read");
        }
        long events = numbers.whole("--events", 0, 0, Long.MAX_VALUE);
        long seconds = numbers.whole("--seconds", events > 0 || file.isPresent() ? 0 : 10, 0, 10_000_000);
        GenerateOptions options = new GenerateOptions(
                numbers.whole("--rate", 0, 0, 10_000_000),
                events,
                seconds,
                (int) numbers.whole("--services", 6, 1, 100_000),
                numbers.whole("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                given.getOrDefault("--run", Long.toString(nowMillis, 36)),
                file,
                variables);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return options;
    }

    private record Numbers(Map<String, String> given, List<String> problems) {

        long whole(String name, long absent, long least, long most) {
            String text = given.get(name);
            if (text == null) {
                return absent;
            }
            try {
                long value = Long.parseLong(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, as a number out of range is.
            }
            problems.add(name + "=" + text + ": allowed is a whole number from " + least + " to " + most);
            return absent;
        }
    }
}
