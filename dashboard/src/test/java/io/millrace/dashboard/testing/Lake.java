package io.millrace.dashboard.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts objects into a bucket as the consumer lays them out. */
public final class Lake {

    private final S3Client s3;
    private final String bucket;

    public Lake(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** A service's hour, {@code 2025-11-09T13}, with a slash at its end. */
    public static String folder(String escapedService, String hour) {
        return "service=" + escapedService + "/year=" + hour.substring(0, 4) + "/month=" + hour.substring(5, 7)
                + "/day=" + hour.substring(8, 10) + "/hour=" + hour.substring(11, 13) + "/";
    }

    public static String event(String service, String time, String level, String message) {
        return "{\"timestamp\":\"" + time + "\",\"service\":\"" + service + "\",\"level\":\"" + level
                + "\",\"message\":\"" + message + "\"}";
    }

    public Lake put(String key, List<String> lines) {
        return put(key, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public Lake put(String key, byte[] content) {
        s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
        return this;
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
