package io.millrace.lake.event;

/** {@code 2025-11-09[T| ][13[:24[:33[.123]]]][Z|+01[[:]00]]}: how most events write their time, so it is tried first. */
final class IsoTime {

    private IsoTime() {}

    static long read(TimeText in) {
        int year = in.number(4, 9999);
        in.expect('-');
        int month = in.number(2, 12);
        in.expect('-');
        int day = in.number(2, 31);
        int second = 0;
        if (!in.isAtEnd()) {
            if (!in.take('T') && !in.take('t')) {
                in.expect(' ');
            }
            second = in.clock(true) - offset(in);
        }
        return in.second(year, month, day, second);
    }

    private static int offset(TimeText in) {
        in.take(' ');
        return in.isAtEnd() || in.take('Z') || in.take('z') ? 0 : in.offset(false);
    }
}
