package io.millrace.lakecheck;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket, read only. Safe for use by one thread. */
final class Lake {

    private final S3Client s3;
    private final String bucket;

    Lake(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** The keys of all objects under a prefix. */
    List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }

    /** Gives each line of an object, without its line break, to {@code line}. */
    void forEachLine(String key, Consumer<byte[]> line) {
        byte[] stored =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
        try (InputStream in = decoded(key, stored)) {
            ByteArrayOutputStream current = new ByteArrayOutputStream(1024);
            for (byte b : in.readAllBytes()) {
                if (b == '\n') {
                    line.accept(current.toByteArray());
                    current.reset();
                } else {
                    current.write(b);
                }
            }
            if (current.size() > 0) {
                line.accept(current.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("s3://" + bucket + "/" + key + " cannot be decoded", e);
        }
    }

    private static InputStream decoded(String key, byte[] stored) throws IOException {
        InputStream in = new ByteArrayInputStream(stored);
        if (key.endsWith(".gz")) {
            return new GZIPInputStream(in);
        }
        return key.endsWith(".zst") ? new ZstdInputStream(in) : in;
    }
}
