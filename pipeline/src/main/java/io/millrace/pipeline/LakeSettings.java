package io.millrace.pipeline;

import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.settings.Pairs;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import io.millrace.settings.SharedSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings that decide what the lake looks like: whoever writes it has them under the same names. */
public final class LakeSettings {

    public static final Setting<Compression> COMPRESSION = Settings.oneOf(
                    "COMPRESSION",
                    "How objects are compressed: `.jsonl`, `.jsonl.gz` or `.jsonl.zst`.",
                    Compression.class)
            .orElse("none");

    public static final Setting<Encryption> SSE = Settings.oneOf(
                    "SSE",
                    "The server-side encryption that S3 is asked for: aes256 is SSE-S3, aws_kms is SSE-KMS. With"
                            + " bucket_default nothing is asked for, and the bucket decides.",
                    Encryption.class)
            .orElse("bucket_default");

    public static final Setting<String> SSE_KMS_KEY_ID = Settings.text(
            "SSE_KMS_KEY_ID",
            "The KMS key for SSE=aws_kms. Without it, the key of the account for S3 is used.",
            "the id, ARN or alias of a key",
            "\\S{1,2048}");

    public static final Setting<String> STORAGE_CLASS = Settings.of(
            "STORAGE_CLASS",
            "The S3 storage class of new objects. When it is empty, the bucket decides.",
            "a storage class of S3, for example STANDARD_IA or INTELLIGENT_TIERING",
            text -> {
                String name = text.toUpperCase(Locale.ROOT);
                Settings.require(name.matches("[A-Z_]{1,40}"));
                return name;
            });

    public static final Setting<Map<String, String>> OBJECT_TAGS = Settings.of(
            "OBJECT_TAGS",
            "Tags for every object, for example `team=data,stage=raw`.",
            "name=value pairs, with commas between, at most 10",
            text -> Pairs.parse(text, "=", "[^,=]{1,128}", "[^,=]{0,256}", 10));

    private LakeSettings() {}

    /** Whose key S3 encrypts with. */
    enum Encryption {
        BUCKET_DEFAULT,
        AES256,
        AWS_KMS
    }

    /** @param dedupeField the event's field that holds its id, where copies are dropped */
    public static Layout layout(SettingReader settings, Optional<String> dedupeField) {
        return new Layout(
                Layout.VERSION,
                settings.get(COMPRESSION),
                settings.get(SharedSettings.SERVICE_FIELD),
                settings.get(SharedSettings.TIMESTAMP_FIELD),
                dedupeField);
    }

    public static ObjectSettings objects(SettingReader settings) {
        Optional<String> key = settings.find(SSE_KMS_KEY_ID);
        Encryption kind = settings.get(SSE);
        if (key.isPresent() && kind != Encryption.AWS_KMS) {
            settings.problem("SSE_KMS_KEY_ID needs SSE=aws_kms");
        }
        ObjectSettings.Encryption encryption = switch (kind) {
            case BUCKET_DEFAULT -> new ObjectSettings.Encryption.BucketDefault();
            case AES256 -> new ObjectSettings.Encryption.S3Managed();
            case AWS_KMS -> new ObjectSettings.Encryption.Kms(key.orElse(null));
        };
        return new ObjectSettings(
                encryption,
                settings.find(STORAGE_CLASS).orElse(""),
                settings.find(OBJECT_TAGS).orElse(Map.of()));
    }
}
