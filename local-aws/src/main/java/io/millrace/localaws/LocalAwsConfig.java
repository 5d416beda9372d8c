package io.millrace.localaws;

import io.millrace.localaws.kinesis.ShardLimits;
import io.millrace.service.http.KeepAlive;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Turns {@link Options} into {@link LocalAwsSettings} and says all that is wrong with them, not only the first. */
final class LocalAwsConfig {

    private static final List<String> LOG_LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
    private static final List<String> LOG_FORMATS = List.of("text", "json");

    private final Map<Setting, String> texts;
    private final List<String> problems;

    private LocalAwsConfig(Options options) {
        this.texts = options.texts();
        this.problems = new ArrayList<>(options.problems());
    }

    /** The settings, or every problem. */
    sealed interface Result {
        record Valid(LocalAwsSettings settings) implements Result {}

        record Invalid(List<String> problems) implements Result {}
    }

    static Result of(Options options) {
        LocalAwsConfig config = new LocalAwsConfig(options);
        LocalAwsSettings settings = config.settings();
        return config.problems.isEmpty() ? new Result.Valid(settings) : new Result.Invalid(config.problems);
    }

    private LocalAwsSettings settings() {
        oneOf(Setting.LOG_LEVEL, LOG_LEVELS);
        oneOf(Setting.LOG_FORMAT, LOG_FORMATS);
        LocalAwsSettings defaults = LocalAwsSettings.ephemeral();
        return new LocalAwsSettings(
                parse(Setting.BIND, text -> text, text -> !text.isEmpty(), "an address")
                        .orElse(defaults.bind()),
                port(Setting.PORT).orElse(defaults.port()),
                port(Setting.TLS_PORT),
                parse(Setting.DATA_DIR, Path::of, path -> true, "a folder"),
                flag(Setting.INIT) ? Optional.of(resources()) : Optional.empty(),
                parse(Setting.MAX_BYTES, Long::valueOf, n -> n > 0, "a number of bytes over 0"),
                shardLimits(),
                defaults.retention(),
                parse(Setting.FAULT_SEED, Long::valueOf, n -> true, "a whole number")
                        .orElse(defaults.faultSeed()),
                parse(
                                Setting.HTTP_KEEP_ALIVE,
                                Long::valueOf,
                                n -> n >= 1 && n <= KeepAlive.MAX_SECONDS,
                                "1 to " + KeepAlive.MAX_SECONDS + " seconds")
                        .map(Duration::ofSeconds)
                        .orElse(defaults.httpKeepAlive()));
    }

    private ShardLimits shardLimits() {
        boolean all = flag(Setting.SHARD_LIMITS);
        boolean reads = flag(Setting.READ_LIMITS);
        return all ? ShardLimits.ALL : reads ? ShardLimits.READS : ShardLimits.NONE;
    }

    private InitialResources resources() {
        List<String> streams = new ArrayList<>(names(Setting.STREAM_NAME));
        // It may be an ARN, which ends in the name.
        names(Setting.KINESIS_STREAM_NAME).forEach(name -> streams.add(name.substring(name.lastIndexOf('/') + 1)));
        List<String> buckets = new ArrayList<>(names(Setting.TARGET_BUCKET));
        for (String pair : names(Setting.STREAMS)) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                problems.add(Setting.STREAMS.variable() + " has \"" + pair + "\": allowed is stream:bucket");
            } else {
                streams.add(pair.substring(0, colon).strip());
                buckets.add(pair.substring(colon + 1).strip());
            }
        }
        int shards = parse(Setting.SHARD_COUNT, Integer::valueOf, n -> n >= 1 && n <= 1000, "1 to 1000")
                .orElse(1);
        return InitialResources.standard().with(shards, streams, buckets);
    }

    private List<String> names(Setting setting) {
        return Stream.of(texts.get(setting).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Optional<Integer> port(Setting setting) {
        return parse(setting, Integer::valueOf, n -> n >= 0 && n <= 65_535, "0 to 65535");
    }

    private boolean flag(Setting setting) {
        oneOf(setting, List.of("true", "false"));
        return Boolean.parseBoolean(texts.get(setting));
    }

    private void oneOf(Setting setting, List<String> allowed) {
        parse(setting, text -> text, allowed::contains, String.join(", ", allowed));
    }

    /** Empty where nothing is set, or something wrong, which is noted. */
    private <T> Optional<T> parse(Setting setting, Function<String, T> parser, Predicate<T> isAllowed, String allowed) {
        String text = texts.get(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            T value = parser.apply(text);
            if (isAllowed.test(value)) {
                return Optional.of(value);
            }
        } catch (NumberFormatException | InvalidPathException e) {
            // Said below, as for any other value that is not allowed.
        }
        problems.add(setting.variable() + " (" + setting.option() + ") is \"" + text + "\": allowed is " + allowed);
        return Optional.empty();
    }
}
