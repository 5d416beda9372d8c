package io.millrace.lambda;

import static io.millrace.pipeline.LakeSettings.*;
import static io.millrace.settings.SharedSettings.*;

import io.millrace.pipeline.LakeSettings;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SettingsException;
import io.millrace.settings.SharedSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The function's environment: the consumer's names where they mean the same.
 *
 * @param chunkBytes record data that is written, and reported as done or failed, together
 */
record LambdaConfig(Optional<URI> endpoint, String bucket, long chunkBytes, Layout layout, ObjectSettings objects) {

    static final Setting<String> TARGET_BUCKET =
            SharedSettings.TARGET_BUCKET.meaning("The S3 bucket that the events go to.");

    /**
     * An invocation's whole payload is at most 6 MB (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
     */
    static final Setting<Long> CHUNK_BYTES = Settings.bytes(
                    "CHUNK_BYTES",
                    "How much record data is written, and reported as done or failed, together. An invocation brings at"
                            + " most 6 MB. By default all of it is one chunk, which makes the fewest objects.",
                    "1KiB",
                    "6MiB")
            .orElse("6MiB");

    static final List<Setting<?>> ALL = List.of(
            TARGET_BUCKET,
            CHUNK_BYTES,
            COMPRESSION,
            SSE,
            SSE_KMS_KEY_ID,
            STORAGE_CLASS,
            OBJECT_TAGS,
            SERVICE_FIELD,
            TIMESTAMP_FIELD,
            ENDPOINT,
            CONFIG_FILE);

    /** @throws SettingsException naming every variable that is wrong */
    static LambdaConfig read(Map<String, String> environment) {
        SettingReader settings = new SettingReader(environment, ALL);
        LambdaConfig config = new LambdaConfig(
                settings.find(ENDPOINT),
                settings.get(TARGET_BUCKET),
                settings.get(CHUNK_BYTES),
                LakeSettings.layout(settings, Optional.empty()),
                LakeSettings.objects(settings));
        settings.requireNoProblem();
        return config;
    }
}
