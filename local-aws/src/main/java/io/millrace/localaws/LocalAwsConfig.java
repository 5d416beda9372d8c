package io.millrace.localaws;

import io.millrace.localaws.kinesis.ShardLimits;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.SettingReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the process is told: how to log, and what a {@link LocalAws} is started with. */
record LocalAwsConfig(LogLevel logLevel, LogFormat logFormat, LocalAwsSettings settings) {

    /** Reads everything; {@link SettingReader#problems} says what was wrong, and then the result is not to be used. */
    static LocalAwsConfig read(SettingReader reader) {
        boolean init = reader.get(LocalAwsOptions.INIT);
        InitialResources resources = resources(reader);
        LocalAwsSettings settings = new LocalAwsSettings(
                reader.get(LocalAwsOptions.BIND),
                reader.get(LocalAwsOptions.PORT),
                reader.find(LocalAwsOptions.TLS_PORT),
                reader.find(LocalAwsOptions.DATA_DIR),
                init ? Optional.of(resources) : Optional.empty(),
                reader.find(LocalAwsOptions.MAX_BYTES),
                shardLimits(reader),
                LocalAwsSettings.ephemeral().retention(),
                reader.get(LocalAwsOptions.FAULT_SEED),
                reader.get(LocalAwsOptions.HTTP_KEEP_ALIVE));
        reader.words(0);
        return new LocalAwsConfig(
                reader.get(LocalAwsOptions.LOG_LEVEL), reader.get(LocalAwsOptions.LOG_FORMAT), settings);
    }

    private static ShardLimits shardLimits(SettingReader reader) {
        boolean all = reader.get(LocalAwsOptions.SHARD_LIMITS);
        boolean reads = reader.get(LocalAwsOptions.READ_LIMITS);
        return all ? ShardLimits.ALL : reads ? ShardLimits.READS : ShardLimits.NONE;
    }

    private static InitialResources resources(SettingReader reader) {
        Map<String, String> pairs = reader.find(LocalAwsOptions.STREAMS).orElse(Map.of());
        List<String> streams = new ArrayList<>(pairs.keySet());
        List<String> buckets = new ArrayList<>(pairs.values());
        reader.find(LocalAwsOptions.STREAM_NAME).ifPresent(streams::addAll);
        reader.find(LocalAwsOptions.TARGET_BUCKET).ifPresent(buckets::addAll);
        // An ARN ends in the name.
        reader.find(LocalAwsOptions.KINESIS_STREAM_NAME)
                .orElse(List.of())
                .forEach(name -> streams.add(name.substring(name.lastIndexOf('/') + 1)));
        return InitialResources.standard().with(reader.get(LocalAwsOptions.SHARD_COUNT), streams, buckets);
    }
}
