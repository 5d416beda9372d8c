package io.millrace.lake.partition;

import java.time.LocalDate;

/**
 * Where an event goes: one folder of the lake, {@code service=api/year=2025/month=11/day=09/hour=13}, or one of dead
 * letters, {@code _dead-letter/reason=not-json/year=…}. All its events of one batch become one object.
 *
 * @param prefix the first part of the path, escaped, such as {@code service=api}
 * @param epochHour hours since 1970-01-01T00 UTC, up to the year 2999
 */
public record OutputPartition(String prefix, long epochHour) {

    /** The folder of all dead letters. Athena, Spark and Hive pass over names that start with an underscore. */
    public static final String DEAD_LETTERS = "_dead-letter/";

    /** What a service's folder begins with. */
    public static final String SERVICE = "service=";

    /** In characters; see {@link HiveNames#LIMIT_BYTES}. */
    public static final int LONGEST_PREFIX = SERVICE.length() + HiveNames.LIMIT_BYTES;

    private static final String REASON = DEAD_LETTERS + "reason=";

    /** A dead letter's folder, by its record's arrival time. {@code reason} is one of this code's own short names. */
    public static OutputPartition deadLetter(String reason, long epochSecond) {
        return new OutputPartition(REASON + reason, Math.floorDiv(epochSecond, 3600L));
    }

    public boolean isDeadLetter() {
        return prefix.startsWith(DEAD_LETTERS);
    }

    /** The folder's path in the bucket, without a slash at either end. */
    public String path() {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochHour, 24L));
        StringBuilder path = new StringBuilder(prefix.length() + 40).append(prefix);
        append(path, "/year=", day.getYear(), 4);
        append(path, "/month=", day.getMonthValue(), 2);
        append(path, "/day=", day.getDayOfMonth(), 2);
        append(path, "/hour=", (int) Math.floorMod(epochHour, 24L), 2);
        return path.toString();
    }

    private static void append(StringBuilder path, String name, int number, int digits) {
        String text = Integer.toString(number);
        path.append(name)
                .append("0".repeat(Math.max(0, digits - text.length())))
                .append(text);
    }
}
