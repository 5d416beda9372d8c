package io.millrace.localaws.kinesis;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The checks that AWS derives from its API model, in AWS's words. */
final class Constraint {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int NAME_CHARS = 128;

    private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");

    private Constraint() {}

    static void streamName(String value) {
        text("StreamName", value, 1, NAME_CHARS, NAME);
    }

    static void shardId(String member, String value) {
        text(member, value, 1, NAME_CHARS, NAME);
    }

    /** A decimal of at most 39 digits, which may still be beyond 128 bits. */
    static void hashKey(String member, String value) {
        if (!HASH_KEY.matcher(value).matches()) {
            throw failed(member, value, "Member must satisfy regular expression pattern: " + HASH_KEY);
        }
    }

    static void text(String member, String value, int minChars, int maxChars, Pattern pattern) {
        length(member, value, minChars, maxChars);
        if (!pattern.matcher(value).matches()) {
            throw failed(member, value, "Member must satisfy regular expression pattern: " + pattern);
        }
    }

    static void length(String member, String value, int minChars, int maxChars) {
        if (value.length() < minChars) {
            throw failed(member, value, "Member must have length greater than or equal to " + minChars);
        }
        if (value.length() > maxChars) {
            throw failed(member, value, "Member must have length less than or equal to " + maxChars);
        }
    }

    static void size(String member, int size, int min, int max) {
        if (size < min) {
            throw failed(member, "[" + size + " members]", "Member must have length greater than or equal to " + min);
        }
        if (size > max) {
            throw failed(member, "[" + size + " members]", "Member must have length less than or equal to " + max);
        }
    }

    static void number(String member, long value, long min, long max) {
        if (value < min) {
            throw failed(member, value, "Member must have value greater than or equal to " + min);
        }
        if (value > max) {
            throw failed(member, value, "Member must have value less than or equal to " + max);
        }
    }

    static ApiException missing(String member) {
        return ApiException.validation("1 validation error detected: Value null at '" + label(member)
                + "' failed to satisfy constraint: Member must not be null");
    }

    static ApiException notOneOf(String member, String value, Enum<?>[] allowed) {
        return failed(member, value, "Member must satisfy enum value set: " + Arrays.toString(allowed));
    }

    static ApiException failed(String member, Object value, String constraint) {
        return ApiException.validation("1 validation error detected: Value '" + value + "' at '" + label(member)
                + "' failed to satisfy constraint: " + constraint);
    }

    static String label(String member) {
        return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    }
}
