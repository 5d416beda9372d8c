package io.millrace.lake.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A number of seconds, milliseconds, microseconds or nanoseconds since 1970; its size tells which. */
final class EpochNumber {

    private static final BigDecimal YEAR_3000 = BigDecimal.valueOf(EventTime.YEAR_3000);
    /** A greater number is too great even in nanoseconds. */
    private static final int MOST_DIGITS = 20;
    /** What a long holds. */
    private static final int LONG_DIGITS = 18;

    private static final int NANO_DIGITS = 9;

    private EpochNumber() {}

    static long read(TimeText in, TimeForms forms) {
        int digits = in.digitsAhead();
        if (digits == 0) {
            return EventTime.NONE;
        }
        return in.isWholeNumber(digits) ? wholeNumber(in, digits, forms) : scientific(in, forms);
    }

    private static long wholeNumber(TimeText in, int length, TimeForms forms) {
        if (forms == TimeForms.ALL && OtherTimes.isCompact(length)) {
            long second = OtherTimes.read(in);
            if (second >= 0 && second < EventTime.YEAR_3000) {
                return second;
            }
            in.rewind();
        }
        in.markNumber();
        int digits = length;
        while (digits > 1 && in.take('0')) {
            digits--;
        }
        if (digits > MOST_DIGITS) {
            return EventTime.NONE;
        }
        if (digits > LONG_DIGITS) { // only nanoseconds are that long
            return in.longNumber(digits - NANO_DIGITS);
        }
        long value = in.longNumber(digits);
        for (int thousands = 0; thousands < 3 && value >= EventTime.YEAR_3000; thousands++) {
            value = value / 1000;
        }
        return value;
    }

    private static long scientific(TimeText in, TimeForms forms) {
        try {
            BigDecimal value = new BigDecimal(in.toString());
            long wholeDigits = (long) value.precision() - value.scale();
            if (wholeDigits > MOST_DIGITS) { // else 1e999999999 becomes a gigabyte of digits
                return EventTime.NONE;
            }
            if (wholeDigits <= 0) { // and 1e-999999999 divides by as many
                in.markNumber();
                return 0;
            }
            byte[] bytes = value.toBigInteger().toString().getBytes(StandardCharsets.ISO_8859_1);
            TimeText whole = TimeText.trimmed(bytes, 0, bytes.length, forms);
            long second = read(whole, forms);
            if (whole.isNumber()) { // and no compact date
                in.markNumber();
            }
            return second;
        } catch (NumberFormatException e) {
            return EventTime.NONE;
        }
    }

    /** The fraction of a second of a number that {@link #read} has read. */
    static int nanos(String number) {
        BigDecimal value = new BigDecimal(number);
        if ((long) value.scale() - value.precision() >= NANO_DIGITS) { // 1e-999999999 again
            return 0;
        }
        for (int thousands = 0; thousands < 3 && value.compareTo(YEAR_3000) >= 0; thousands++) {
            value = value.movePointLeft(3);
        }
        return value.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).intValue();
    }
}
