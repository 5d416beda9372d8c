package io.millrace.pipeline;

import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.ObjectSettings;
import io.millrace.settings.Pairs;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The settings that decide what the lake looks like: whoever writes it has them under the same names. */
public final class LakeSettings {

    /** S3: 3 to 63 lower-case letters, digits, dots and hyphens (user guide, Bucket naming rules). */
    public static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    /** A field's name, or a dotted path to a nested one. */
    public static final String FIELD = "[^.\\s]+(\\.[^.\\s]+)*";

    public static final Setting<URI> ENDPOINT = Settings.url(
            "AWS_ENDPOINT_URL",
            "Where Kinesis, DynamoDB and S3 are, for development; not set or empty: AWS itself. Keys that come from STS want it not"
                    + " set: there the AWS SDK reads it by itself, and fails on an empty one.");

    public static final Setting<String> TARGET_BUCKET = Settings.text(
                    "TARGET_BUCKET",
                    "The S3 bucket that STREAM_NAME's events go to.",
                    "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
                    BUCKET)
            .orElse("md-raw-logs");

    public static final Setting<Compression> COMPRESSION = Settings.oneOf(
                    "COMPRESSION",
                    "How objects are compressed: `.jsonl`, `.jsonl.gz` or `.jsonl.zst`.",
                    Compression.class)
            .orElse("none");

    public static final Setting<Encryption> SSE = Settings.oneOf(
                    "SSE",
                    "Server-side encryption to ask S3 for: aes256 is SSE-S3, aws_kms is SSE-KMS; bucket_default asks for"
                            + " nothing.",
                    Encryption.class)
            .orElse("bucket_default");

    public static final Setting<String> SSE_KMS_KEY_ID = Settings.text(
            "SSE_KMS_KEY_ID",
            "The KMS key for SSE=aws_kms; without it, the account's own key for S3.",
            "a key's id, ARN or alias",
            "\\S{1,2048}");

    public static final Setting<String> STORAGE_CLASS = Settings.text(
            "STORAGE_CLASS",
            "The S3 storage class of new objects; empty: the bucket's own.",
            "a storage class of S3, as STANDARD_IA or INTELLIGENT_TIERING",
            "[A-Z_]{1,40}");

    public static final Setting<Map<String, String>> OBJECT_TAGS = Settings.of(
            "OBJECT_TAGS",
            "Tags for every object.",
            "name=value pairs with commas between, at most 10",
            text -> Pairs.parse(text, "=", "[^,=]{1,128}", "[^,=]{0,256}", 10));

    public static final Setting<String> SERVICE_FIELD = Settings.text(
                    "SERVICE_FIELD",
                    "The event's field that names its service; a dotted path reaches into nested objects.",
                    "a field's name or dotted path",
                    FIELD)
            .orElse("service");

    public static final Setting<String> TIMESTAMP_FIELD = Settings.text(
                    "TIMESTAMP_FIELD",
                    "The event's field that holds its time; a dotted path reaches into nested objects.",
                    "a field's name or dotted path",
                    FIELD)
            .orElse("timestamp");

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
                settings.get(SERVICE_FIELD),
                settings.get(TIMESTAMP_FIELD),
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
