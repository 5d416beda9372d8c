package io.millrace.lake.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads an event's timestamp to the second.
 *
 * <p>ISO-8601 with {@code T} or a space, seconds and fraction optional, any offset or none (then UTC), or a date alone;
 * or a number, or its text: epoch seconds below 32,503,680,000 (the year 3000), else milliseconds below a thousand times
 * that, else microseconds, else nanoseconds. So milliseconds before 1971-01-12 read as seconds. Anything else, and
 * anything outside 1970–2999, is {@link #NONE}.
 */
public final class EventTime {

    /** There is no time, or none that can be read. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long YEAR_3000 = 32_503_680_000L;
    /** In bytes, spaces around it aside. */
    static final int LONGEST = 64;

    private EventTime() {}

    public static long epochSecond(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return epochSecond(bytes, 0, bytes.length);
    }

    static long epochSecond(byte[] text, int offset, int end) {
        int from = offset;
        int to = end;
        while (from < to && text[from] == ' ') {
            from++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        if (to - from > LONGEST) {
            return NONE;
        }
        boolean iso = to - from >= 10 && text[from + 4] == '-';
        long second = iso ? new IsoReader(text, from, to).read() : number(text, from, to);
        return second >= 0 && second < YEAR_3000 ? second : NONE;
    }

    private static long number(byte[] text, int from, int to) {
        int end = from;
        while (end < to && isDigit(text[end])) {
            end++;
        }
        if (end == from) {
            return NONE;
        }
        if (end == to || (text[end] == '.' && allDigits(text, end + 1, to))) {
            return wholeNumber(text, from, end);
        }
        return scientific(text, from, to);
    }

    private static long wholeNumber(byte[] text, int from, int to) {
        int start = from;
        while (start < to - 1 && text[start] == '0') {
            start++;
        }
        if (to - start > 20) {
            return NONE;
        }
        if (to - start > 18) { // only nanoseconds are that long
            return digits(text, start, to - 9);
        }
        long value = digits(text, start, to);
        for (int thousands = 0; thousands < 3 && value >= YEAR_3000; thousands++) {
            value = value / 1000;
        }
        return value;
    }

    private static long scientific(byte[] text, int from, int to) {
        try {
            BigDecimal value = new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
            long wholeDigits = (long) value.precision() - value.scale();
            if (wholeDigits > 20) { // else 1e999999999 becomes a gigabyte of digits
                return NONE;
            }
            if (wholeDigits <= 0) { // and 1e-999999999 divides by as many
                return 0;
            }
            byte[] whole = value.toBigInteger().toString().getBytes(StandardCharsets.ISO_8859_1);
            return whole[0] == '-' ? NONE : wholeNumber(whole, 0, whole.length);
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean allDigits(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static long digits(byte[] text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }

    /** {@code 2025-11-09[T| ][13[:24[:33[.123]]]][Z|+01[[:]00]]}, straight from the characters. */
    private static final class IsoReader {

        private final byte[] text;
        private final int to;
        private int at;
        private boolean bad;

        IsoReader(byte[] text, int from, int to) {
            this.text = text;
            this.at = from;
            this.to = to;
        }

        long read() {
            int year = number(4, 9999);
            expect('-');
            int month = number(2, 12);
            expect('-');
            int day = number(2, 31);
            long second = 0;
            if (at < to) {
                if (!take('T') && !take('t')) {
                    expect(' ');
                }
                second = timeOfDay() - offset();
            }
            if (bad || at != to) {
                return NONE;
            }
            try {
                return LocalDate.of(year, month, day).toEpochDay() * 86_400 + second;
            } catch (DateTimeException e) {
                return NONE;
            }
        }

        private long timeOfDay() {
            int hour = number(2, 24);
            int minute = take(':') ? number(2, 59) : 0;
            int second = 0;
            if (take(':')) {
                second = Math.min(number(2, 60), 59); // a leap second belongs to its minute
                if (take('.') || take(',')) {
                    skipDigits();
                }
            }
            bad |= hour == 24 && (minute > 0 || second > 0);
            return hour * 3600L + minute * 60L + second;
        }

        private long offset() {
            take(' ');
            if (at == to || take('Z') || take('z')) {
                return 0;
            }
            boolean east = take('+');
            if (!east) {
                expect('-');
            }
            int hours = number(2, 18);
            int minutes = take(':') || at < to ? number(2, 59) : 0;
            long seconds = hours * 3600L + minutes * 60L;
            return east ? seconds : -seconds;
        }

        private int number(int digits, int max) {
            int end = at + digits;
            if (bad || end > to || !allDigits(text, at, end)) {
                bad = true;
                return 0;
            }
            int value = (int) digits(text, at, end);
            at = end;
            bad = value > max;
            return value;
        }

        private void skipDigits() {
            int start = at;
            while (at < to && isDigit(text[at])) {
                at++;
            }
            bad |= at == start;
        }

        private boolean take(char c) {
            boolean there = at < to && text[at] == c;
            if (there) {
                at++;
            }
            return there;
        }

        private void expect(char c) {
            bad |= !take(c);
        }
    }
}
