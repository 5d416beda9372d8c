package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads an event's time. Times are from 1970 to 2999; anything else is {@link #NONE}, and so is a day that does not exist.
 *
 * <ul>
 *   <li>ISO-8601: a date, then {@code T} or a space, hours, minutes, seconds and a fraction, of which all but the date
 *       may be missing. {@code 2025-11-09T13:24:33.123Z}, {@code 2025-11-09 13:24:33,123}, {@code 2025-11-09}. The basic
 *       form too: {@code 20251109T132433Z}.
 *   <li>Compact: {@code 20251109}, {@code 20251109132433} and {@code 20251109132433123}, as text or as a number.
 *   <li>Numbers: epoch seconds below 32,503,680,000 (the year 3000), else milliseconds below a thousand times that, else
 *       microseconds, else nanoseconds. So milliseconds before 1971-01-12 read as seconds. {@code 1.7e9} is a number.
 *   <li>With other separators: {@code 2025/11/09 13:24:33}, {@code 2025.11.09 13:24:33}.
 *   <li>With a month's English name: RFC 2822 ({@code Sun, 09 Nov 2025 13:24:33 +0000}), web servers
 *       ({@code 09/Nov/2025:13:24:33 +0000}), C and JavaScript ({@code Sun Nov  9 13:24:33 2025},
 *       {@code Sun Nov 09 2025 13:24:33 GMT+0100}). The weekday is not checked.
 * </ul>
 *
 * <p>The offset is {@code Z}, {@code UTC}, {@code GMT}, {@code +01}, {@code +0100} or {@code +01:00}, up to 18 hours, with
 * or without a space before it. Without one a time is in UTC. Behind an offset the zone's name may follow, which adds
 * nothing: {@code +01:00[Europe/Berlin]}, {@code +0000 UTC}, {@code +0000 (UTC)}. A zone's name alone, {@code UTC} aside,
 * makes it no time: what it means changes with each release of the time zone database. Second 60 reads as 59. Space around
 * a time does not count. Text of more than 100 bytes is no time.
 *
 * <p>{@link TimeForms#FIRST} reads ISO-8601 but for its basic form, and numbers, and no zone's name.
 */
public final class EventTime {

    /** There is no time, or none that can be read. */
    public static final long NONE = Long.MIN_VALUE;

    static final long YEAR_3000 = 32_503_680_000L;

    private EventTime() {}

    /** The time's second since 1970-01-01T00:00Z, or {@link #NONE}. */
    public static long epochSecond(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return epochSecond(bytes, 0, bytes.length, TimeForms.ALL);
    }

    /** The same moment with its fraction of a second, down to nanoseconds. */
    public static Optional<Instant> instant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TimeText time = TimeText.trimmed(bytes, 0, bytes.length, TimeForms.ALL);
        long second = read(time, TimeForms.ALL);
        return second == NONE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second, time.nanos()));
    }

    static long epochSecond(byte[] text, int from, int to, TimeForms forms) {
        return read(TimeText.trimmed(text, from, to, forms), forms);
    }

    private static long read(TimeText text, TimeForms forms) {
        if (text.length() > forms.longest()) {
            return NONE;
        }
        long second = text.hasDashBehindYear() ? IsoTime.read(text) : EpochNumber.read(text, forms);
        if (second == NONE && forms == TimeForms.ALL) {
            text.rewind();
            second = OtherTimes.read(text);
        }
        return second >= 0 && second < YEAR_3000 ? second : NONE;
    }
}
