package io.millrace.lake.event;

import java.util.List;
import java.util.Locale;

/**
 * Times as {@link EventTime} describes them, ISO-8601 and epochs aside: tried where those are not what a text is, so that
 * the common forms do not wait for the rare ones.
 */
final class OtherTimes {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> LONG_MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> LONG_DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final int DATE_DIGITS = 8;
    private static final int SECOND_DIGITS = 14;
    private static final int MILLI_DIGITS = 17;
    private static final int MAX_YEAR = 9999;

    private final TimeText in;

    private int year;
    private int month;
    private int day;
    private int second;

    private OtherTimes(TimeText in) {
        this.in = in;
    }

    /** Whether so many digits may be a compact date, perhaps with a time of day. */
    static boolean isCompact(int digits) {
        return digits == DATE_DIGITS || digits == SECOND_DIGITS || digits == MILLI_DIGITS;
    }

    static long read(TimeText in) {
        return new OtherTimes(in).read();
    }

    private long read() {
        int digits = in.digitsAhead();
        if (isCompact(digits)) {
            compact(digits);
        } else if (digits == 4) {
            numericDate();
        } else {
            namedDate(digits);
        }
        second -= ZoneText.read(in);
        return in.second(year, month, day, second);
    }

    /** {@code 20251109}, {@code 20251109T132433.123}, {@code 20251109132433.123} or {@code 20251109132433123}. */
    private void compact(int digits) {
        year = in.number(4, MAX_YEAR);
        month = in.number(2, 12);
        day = in.number(2, 31);
        if (digits > DATE_DIGITS || in.take('T') || in.take('t')) {
            compactClock(digits);
        } else if (in.next() == ' ') {
            in.takeSpaces();
            clockOrZone();
        }
    }

    private void compactClock(int digits) {
        int hour = in.number(2, 24);
        if (in.next() == ':') {
            in.fail(); // a time of day is compact where its date is
        }
        int minute = in.digitsAhead() > 0 ? in.number(2, 59) : 0;
        int whole = in.digitsAhead() > 0 ? Math.min(in.number(2, 60), 59) : 0;
        second = in.secondOfDay(hour, minute, whole);
        if (digits == MILLI_DIGITS || in.take('.') || in.take(',')) {
            in.fraction(in.digitsAhead());
        }
    }

    /** {@code 2025-11-09}, {@code 2025/11/09} or {@code 2025.11.09}, and a time of day. */
    private void numericDate() {
        year = in.number(4, MAX_YEAR);
        char separator = in.next();
        boolean isSeparator = separator == '-' || separator == '/' || separator == '.';
        if (!isSeparator) {
            in.fail();
        }
        in.take(separator);
        month = in.number(2, 12);
        in.expect(separator);
        day = in.number(2, 31);
        if (in.take('T') || in.take('t')) {
            second = in.clock(false);
        } else if (in.takeSpaces()) {
            clockOrZone();
        }
    }

    private void clockOrZone() {
        if (in.digitsAhead() > 0) {
            second = in.clock(false);
        }
    }

    /** {@code [Sun, ]09 Nov 2025 13:24:33}, {@code 09/Nov/2025:13:24:33} or {@code Sun Nov 9 13:24:33 2025}. */
    private void namedDate(int digits) {
        if (digits > 0) {
            dayFirst(digits);
            return;
        }
        String word = in.letters().toLowerCase(Locale.ROOT);
        if (DAYS.contains(word) || LONG_DAYS.contains(word)) {
            in.take(',');
            in.takeSpaces();
            if (in.digitsAhead() > 0) {
                dayFirst(in.digitsAhead());
                return;
            }
            word = in.letters().toLowerCase(Locale.ROOT);
        }
        monthFirst(word);
    }

    private void dayFirst(int digits) {
        day = in.number(Math.min(digits, 2), 31);
        char separator = in.next();
        boolean isSeparator = separator == '-' || separator == '/' || separator == ' ';
        if (!isSeparator) {
            in.fail();
        }
        in.take(separator);
        month(in.letters().toLowerCase(Locale.ROOT));
        in.expect(separator);
        year = in.number(4, MAX_YEAR);
        if (in.take(':') || in.takeSpaces()) {
            second = in.clock(false);
        }
    }

    private void monthFirst(String word) {
        month(word);
        in.takeSpaces();
        day = in.number(Math.min(Math.max(in.digitsAhead(), 1), 2), 31);
        in.take(',');
        in.takeSpaces();
        boolean isYearFirst = in.digitsAhead() == 4;
        if (isYearFirst) {
            year();
        }
        second = in.clock(false);
        if (!isYearFirst) {
            in.takeSpaces();
            if (in.digitsAhead() == 0) { // Sun Nov 9 13:24:33 UTC 2025
                second -= ZoneText.universal(in);
                in.takeSpaces();
            }
            year();
        }
    }

    private void year() {
        year = in.number(4, MAX_YEAR);
        in.takeSpaces();
    }

    private void month(String name) {
        int index = Math.max(MONTHS.indexOf(name), LONG_MONTHS.indexOf(name));
        if (index < 0) {
            in.fail();
        }
        month = index + 1;
    }
}
