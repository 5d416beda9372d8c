package io.millrace.lake.event;

import java.util.Locale;
import java.util.Set;

/**
 * The zone behind a time of day: {@code Z}, {@code UTC}, {@code +01:00}, {@code GMT+0100}, and then its name, which adds
 * nothing to the offset: {@code [Europe/Berlin]}, {@code (CET)}, {@code CET}, and Go's {@code m=+0.000123}.
 */
final class ZoneText {

    private static final Set<String> UNIVERSAL = Set.of("z", "utc", "gmt", "ut", "etc/utc");

    private ZoneText() {}

    /** Seconds east of UTC; reads to the end. Without a zone 0. */
    static int read(TimeText in) {
        in.takeSpaces();
        if (in.isAtEnd()) {
            return 0;
        }
        if (in.take('[')) {
            universal(in);
            in.expect(']');
            return 0;
        }
        boolean isNumeric = isSign(in.next());
        int offset = isNumeric ? in.offset(true) : universal(in);
        name(in, isNumeric);
        return offset;
    }

    /** {@code UTC}, or an offset from it. */
    static int universal(TimeText in) {
        if (!UNIVERSAL.contains(in.name().toLowerCase(Locale.ROOT))) {
            in.fail();
        }
        return isSign(in.next()) ? in.offset(true) : 0;
    }

    private static void name(TimeText in, boolean mayBeBare) {
        boolean isApart = in.takeSpaces();
        if (in.take('[')) {
            in.skipBehind(']');
        } else if (in.take('(')) {
            in.skipBehind(')');
        } else if (mayBeBare && isApart) {
            in.letters();
            if (in.takeSpaces()) {
                monotonicClock(in);
            }
        }
    }

    private static void monotonicClock(TimeText in) {
        in.expect('m');
        in.expect('=');
        if (!in.take('+')) {
            in.expect('-');
        }
        in.skipDigits();
        in.expect('.');
        in.skipDigits();
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }
}
