package io.millrace.dashboard.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Takes an object's key from a request's path as it came over the wire: percent-decoded exactly once, and otherwise left
 * alone, for {@code //}, {@code ..} and {@code +} are parts of keys like any other.
 */
final class ObjectPath {

    private ObjectPath() {}

    /**
     * What follows {@code /api/s3/object/BUCKET/}, decoded; empty where nothing does.
     *
     * @throws ApiException where it is not valid
     */
    static String key(String rawPath, String route) {
        int slash = rawPath.indexOf('/', route.length());
        return slash < 0 ? "" : decode(rawPath.substring(slash + 1));
    }

    /** The bucket's name. */
    static String bucket(String rawPath, String route) {
        int slash = rawPath.indexOf('/', route.length());
        return decode(rawPath.substring(route.length(), slash < 0 ? rawPath.length() : slash));
    }

    static String decode(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw invalid(raw);
            }
            out.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(raw);
        }
    }

    private static ApiException invalid(String raw) {
        return new ApiException(
                400,
                "bad_parameter",
                "The key '" + raw + "' is not percent-encoded UTF-8",
                "Encode it once, or use ?key=");
    }
}
