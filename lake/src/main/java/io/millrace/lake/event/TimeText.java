package io.millrace.lake.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A time's characters, read from left to right. What is not as asked for makes it no time, which
 * {@link #second} tells at the end. One is made for every event, so it makes nothing itself. Not thread-safe.
 */
final class TimeText {

    private static final int SECONDS_A_DAY = 86_400;

    private final byte[] text;
    private final int from;
    private final int to;
    private int at;
    private boolean bad;
    private int fractionFrom;
    private int fractionTo;
    private boolean isNumber;

    private TimeText(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    static TimeText trimmed(byte[] text, int offset, int end, TimeForms forms) {
        int from = offset;
        int to = end;
        while (from < to && isSpace(text[from], forms)) {
            from++;
        }
        while (to > from && isSpace(text[to - 1], forms)) {
            to--;
        }
        return new TimeText(text, from, to);
    }

    private static boolean isSpace(byte c, TimeForms forms) {
        return c == ' ' || (forms == TimeForms.ALL && (c == '\t' || c == '\n' || c == '\r'));
    }

    int length() {
        return to - from;
    }

    /** Whether it looks like {@code 2025-11-09…}. */
    boolean hasDashBehindYear() {
        return to - from >= 10 && text[from + 4] == '-';
    }

    void rewind() {
        at = from;
        bad = false;
        fractionFrom = 0;
        fractionTo = 0;
    }

    boolean isAtEnd() {
        return at == to;
    }

    void fail() {
        bad = true;
    }

    /** What comes next, or 0 at the end. */
    char next() {
        return at < to ? (char) text[at] : 0;
    }

    boolean take(char c) {
        boolean there = at < to && text[at] == c;
        if (there) {
            at++;
        }
        return there;
    }

    void expect(char c) {
        bad |= !take(c);
    }

    boolean takeSpaces() {
        int start = at;
        while (take(' ')) {
            // the next one
        }
        return at > start;
    }

    /** How many digits come next. */
    int digitsAhead() {
        return digitsAt(at);
    }

    private int digitsAt(int start) {
        int end = start;
        while (end < to && isDigit(text[end])) {
            end++;
        }
        return end - start;
    }

    /** Whether there is nothing behind so many characters, or a point and digits alone. */
    boolean isWholeNumber(int digits) {
        int end = at + digits;
        return end == to || (text[end] == '.' && end + 1 + digitsAt(end + 1) == to);
    }

    /** A number of so many digits. */
    int number(int digits, int max) {
        if (bad || to - at < digits || !areDigits(digits)) {
            bad = true;
            return 0;
        }
        int value = (int) longNumber(digits);
        bad = value > max;
        return value;
    }

    private boolean areDigits(int digits) {
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** The value of so many characters, which are digits and at most 18. */
    long longNumber(int digits) {
        int end = at + digits;
        long value = 0;
        while (at < end) {
            value = value * 10 + (text[at++] - '0');
        }
        return value;
    }

    /** The ASCII letters that come next, as they are written. */
    String letters() {
        int start = at;
        while (at < to && isLetter(text[at])) {
            at++;
        }
        return text(start, at);
    }

    /** A zone's name, {@code Etc/UTC}. */
    String name() {
        int start = at;
        while (at < to && (isLetter(text[at]) || text[at] == '/')) {
            at++;
        }
        return text(start, at);
    }

    void skipDigits() {
        at += digitsAhead();
    }

    /** Everything up to and with this character. */
    void skipBehind(char last) {
        while (at < to && text[at] != last) {
            at++;
        }
        expect(last);
    }

    /** The digits of a second's fraction, which {@link #nanos} then tells. */
    void fraction(int digits) {
        fractionFrom = at;
        at += digits;
        fractionTo = at;
    }

    /**
     * {@code 13[:24[:33[.123]]]} in seconds; a leap second belongs to its minute.
     *
     * @param isStrict whether a fraction has digits
     */
    int clock(boolean isStrict) {
        int hour = number(2, 24);
        int minute = take(':') ? number(2, 59) : 0;
        int second = 0;
        if (take(':')) {
            second = Math.min(number(2, 60), 59);
            if (take('.') || take(',')) {
                int digits = digitsAhead();
                bad |= isStrict && digits == 0;
                fraction(digits);
            }
        }
        return secondOfDay(hour, minute, second);
    }

    int secondOfDay(int hour, int minute, int second) {
        bad |= hour == 24 && (minute > 0 || second > 0);
        return hour * 3600 + minute * 60 + second;
    }

    /** {@code +01[[:]00]} in seconds; without minutes only at the end, unless {@code isInside}. */
    int offset(boolean isInside) {
        boolean east = take('+');
        if (!east) {
            expect('-');
        }
        int hours = number(2, 18);
        boolean hasMinutes = take(':') || (isInside ? digitsAhead() > 0 : at < to);
        int seconds = hours * 3600 + (hasMinutes ? number(2, 59) : 0) * 60;
        return east ? seconds : -seconds;
    }

    /** The time's second, or {@link EventTime#NONE} where something was bad or there is no such day. */
    long second(int year, int month, int day, int secondOfDay) {
        if (bad || at != to) {
            return EventTime.NONE;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + secondOfDay;
        } catch (DateTimeException e) {
            return EventTime.NONE;
        }
    }

    /** The time is a number, whose fraction depends on its unit. */
    void markNumber() {
        isNumber = true;
    }

    boolean isNumber() {
        return isNumber;
    }

    /** The fraction of the second that was read, cut to nanoseconds. */
    int nanos() {
        if (isNumber) {
            return EpochNumber.nanos(text(from, to));
        }
        return fractionTo == fractionFrom
                ? 0
                : new BigDecimal("0." + text(fractionFrom, fractionTo))
                        .movePointRight(9)
                        .intValue();
    }

    /** All of it. */
    @Override
    public String toString() {
        return text(from, to);
    }

    private String text(int start, int end) {
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(byte c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
