package io.millrace.lakecheck;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to send, where to, and how long to wait: the command line over the environment over defaults.
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

    static final String USAGE = """
            Usage: millrace-lake-check FILE [options]

            Sends the events of FILE (one JSON object a line, .gz too; - is the standard input) to the stream, waits
            until the consumer has committed them, reads the bucket back and compares event by event. Exit 0: each is there exactly once, byte for byte. Exit 1: not.

              --endpoint-url URL    AWS endpoint (AWS_ENDPOINT_URL; none: AWS itself)
              --region NAME         (AWS_DEFAULT_REGION, AWS_REGION; us-east-1)
              --profile NAME        AWS profile (AWS_PROFILE)
              --stream NAME         (STREAM_NAME; stage01-logs-stream)
              --bucket NAME         (TARGET_BUCKET; md-raw-logs)
              --application NAME    the consumer's APPLICATION_NAME (millrace-consumer)
              --service-field NAME  the consumer's SERVICE_FIELD, where events name their service (service)
              --timestamp-field NAME  the consumer's TIMESTAMP_FIELD, where events hold their time (timestamp)
              --timeout SECONDS     how long to wait for the events to be committed (120)
            """;

    static CheckOptions parse(List<String> arguments, Map<String, String> environment) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Map<String, String> named = new HashMap<>();
        Path file = null;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            if (argument.startsWith("--")) {
                if (!List.of(
                                "--endpoint-url",
                                "--region",
                                "--profile",
                                "--stream",
                                "--bucket",
                                "--application",
                                "--service-field",
                                "--timestamp-field",
                                "--timeout")
                        .contains(argument)) {
                    throw new UsageException("unknown option '" + argument + "'; see --help");
                }
                if (rest.isEmpty()) {
                    throw new UsageException(argument + " needs a value");
                }
                named.put(argument, rest.removeFirst());
            } else if (file == null) {
                file = Path.of(argument);
            } else {
                throw new UsageException("one file at a time: '" + argument + "' is a second one");
            }
        }
        if (file == null) {
            throw new UsageException("which file of events? see --help");
        }
        Lookup lookup = new Lookup(named, environment);
        return new CheckOptions(
                file,
                lookup.find("--endpoint-url", "AWS_ENDPOINT_URL").map(URI::create),
                lookup.find("--region", "AWS_DEFAULT_REGION", "AWS_REGION").orElse("us-east-1"),
                lookup.find("--profile", "AWS_PROFILE"),
                lookup.find("--stream", "STREAM_NAME").orElse("stage01-logs-stream"),
                lookup.find("--bucket", "TARGET_BUCKET").orElse("md-raw-logs"),
                lookup.find("--application", "APPLICATION_NAME").orElse("millrace-consumer"),
                lookup.find("--service-field", "SERVICE_FIELD").orElse("service"),
                lookup.find("--timestamp-field", "TIMESTAMP_FIELD").orElse("timestamp"),
                seconds(lookup.find("--timeout").orElse("120")));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new UsageException("--timeout '" + text + "' is no whole number of seconds from 1 to 999999");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private record Lookup(Map<String, String> named, Map<String, String> environment) {

        Optional<String> find(String option, String... variables) {
            if (named.containsKey(option)) {
                return Optional.of(named.get(option)).filter(v -> !v.isBlank());
            }
            for (String variable : variables) {
                String value = environment.get(variable);
                if (value != null && !value.isBlank()) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }
}
