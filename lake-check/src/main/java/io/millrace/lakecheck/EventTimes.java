package io.millrace.lakecheck;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times in every way that docs/events.md names. It is written apart from the consumer's reader, which it judges. */
final class EventTimes {

    private static final long END = Instant.parse("3000-01-01T00:00:00Z").getEpochSecond();
    private static final int MOST_DIGITS = 20;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern NUMBER = Pattern.compile("(\\d+)(\\.\\d*)?([eE][+-]?\\d+)?");
    private static final Pattern COMPACT_NUMBER = Pattern.compile("\\d{8}|\\d{14}(\\.\\d*)?|\\d{17}");

    private static final String CLOCK = "(?<hour>\\d\\d)(:(?<minute>\\d\\d)(:(?<second>\\d\\d)([.,]\\d*)?)?)?";
    private static final String COMPACT_CLOCK =
            "(?<hour>\\d\\d)((?<minute>\\d\\d)((?<second>\\d\\d)(\\d{3}|[.,]\\d*)?)?)?";
    private static final String OFFSET = "(?<sign>[+-])(?<hours>\\d\\d)(:?(?<minutes>\\d\\d))?";
    private static final String BRACKETS = " *(\\[[^\\]]*\\]|\\([^)]*\\))";
    private static final String ZONE =
            " *((?<zone>\\[(UTC|GMT|UT|Z|Etc/UTC)\\])|(?<utc>Z|UTC|GMT|UT|Etc/UTC)(" + OFFSET + ")?("
                    + BRACKETS + ")?|" + OFFSET.replace("<", "<bare") + "(" + BRACKETS
                    + "| +[A-Za-z]+( +m=[+-]\\d+\\.\\d+)?)?)?";
    private static final String DAY_NAME =
            "((mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday),? *)?";
    private static final String MONTH_NAME =
            "(?<name>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
                    + "|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

    private static final List<Pattern> FORMS = List.of(
            form("(?<year>\\d{4})(?<sep>[-/.])(?<month>\\d\\d)\\k<sep>(?<day>\\d\\d)((T| +)" + CLOCK + ")?" + ZONE),
            form("(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)(T?" + COMPACT_CLOCK + ")?" + ZONE),
            form("(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d) +" + CLOCK + ZONE),
            form(DAY_NAME + "(?<day>\\d\\d?)(?<sep>[ /-])" + MONTH_NAME + "\\k<sep>(?<year>\\d{4})((:| +)" + CLOCK
                    + ")?" + ZONE),
            form(DAY_NAME + MONTH_NAME + " *(?<day>\\d\\d?),? +(?<year>\\d{4}) +" + CLOCK + ZONE),
            form(DAY_NAME + MONTH_NAME + " *(?<day>\\d\\d?),? +" + CLOCK + "( +(UTC|GMT|UT|Z))? +(?<year>\\d{4})"));

    private EventTimes() {}

    private static Pattern form(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    /** @param value a field's, with numbers as exact decimals; empty where it is no time from 1970 to 2999 */
    static Optional<Instant> read(JsonNode value) {
        if (!value.isValueNode()) {
            return Optional.empty();
        }
        return read(value.isNumber() ? value.decimalValue().toString() : value.asText());
    }

    private static Optional<Instant> read(String text) {
        String time = text.strip();
        long second = NUMBER.matcher(time).matches() ? number(time) : calendar(time);
        return second >= 0 && second < END ? Optional.of(Instant.ofEpochSecond(second)) : Optional.empty();
    }

    private static long number(String text) {
        BigDecimal value = new BigDecimal(text);
        long wholeDigits = (long) value.precision() - value.scale();
        if (wholeDigits > MOST_DIGITS) { // 1e999999999 is not to be written out
            return -1;
        }
        if (wholeDigits <= 0) {
            return 0;
        }
        String whole = value.toBigInteger().toString();
        long date = COMPACT_NUMBER.matcher(whole).matches() && isDateOrClock(text, whole) ? calendar(whole) : -1;
        if (date >= 0 && date < END) {
            return date;
        }
        BigDecimal seconds = value;
        for (int i = 0; i < 3 && seconds.compareTo(BigDecimal.valueOf(END)) >= 0; i++) {
            seconds = seconds.movePointLeft(3);
        }
        return seconds.longValue();
    }

    /** A date alone has no fraction. */
    private static boolean isDateOrClock(String text, String whole) {
        return whole.length() > 8
                || text.indexOf('.') < 0
                || text.toLowerCase(Locale.ROOT).indexOf('e') >= 0;
    }

    private static long calendar(String text) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return second(matcher);
            }
        }
        return -1;
    }

    private static long second(Matcher time) {
        int hour = part(time, "hour");
        int minute = part(time, "minute");
        int second = part(time, "second");
        boolean isClock = minute < 60 && second <= 60 && (hour < 24 || (hour == 24 && minute + second == 0));
        try {
            long day = LocalDate.of(part(time, "year"), month(time), part(time, "day"))
                    .atStartOfDay()
                    .toEpochSecond(ZoneOffset.UTC);
            return isClock ? day + hour * 3600L + minute * 60L + Math.min(second, 59) - offset(time) : -1;
        } catch (DateTimeException e) {
            return -1;
        }
    }

    private static int month(Matcher time) {
        String name = group(time, "name");
        return name == null
                ? part(time, "month")
                : MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static long offset(Matcher time) {
        String prefix = group(time, "sign") == null ? "bare" : "";
        String sign = group(time, prefix + "sign");
        int hours = part(time, prefix + "hours");
        int minutes = part(time, prefix + "minutes");
        if (hours > 18 || minutes > 59) {
            throw new DateTimeException("no offset");
        }
        return (hours * 3600L + minutes * 60L) * ("-".equals(sign) ? -1 : 1);
    }

    private static int part(Matcher time, String name) {
        String text = group(time, name);
        return text == null ? 0 : Integer.parseInt(text);
    }

    /** Null where the form has no such part, or the text not. */
    private static String group(Matcher time, String name) {
        try {
            return time.group(name);
        } catch (IllegalArgumentException e) { // the form has none
            return null;
        }
    }
}
