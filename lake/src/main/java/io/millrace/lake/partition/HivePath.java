package io.millrace.lake.partition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of the lake's folders, which {@link OutputPartition} writes. */
public final class HivePath {

    private static final Pattern HOUR =
            Pattern.compile("service=([^/]*)/year=(\\d{4})/month=(\\d\\d)/day=(\\d\\d)/hour=(\\d\\d)/");

    private HivePath() {}

    /** One service's events of one hour. */
    public record ServiceHour(String service, Instant hour) {}

    /** Reads a folder's full prefix; empty where it is not one of a service's hours. */
    public static Optional<ServiceHour> parse(String prefix) {
        Matcher matcher = HOUR.matcher(prefix);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime hour = LocalDateTime.of(
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)),
                    Integer.parseInt(matcher.group(5)),
                    0);
            return Optional.of(new ServiceHour(unescape(matcher.group(1)), hour.toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Undoes Hive's escaping: {@code %3D} becomes {@code =}. What is no escape stays. */
    public static String unescape(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                out.write(bytes[i]);
            } else {
                out.write(high * 16 + low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
