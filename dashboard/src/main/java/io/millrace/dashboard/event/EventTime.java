package io.millrace.dashboard.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an event's timestamp: ISO-8601 with any offset or none (then UTC), or seconds, milliseconds, microseconds or
 * nanoseconds since 1970, told apart by their size. Years 1970 to 2999.
 */
public final class EventTime {

    private static final Instant END = Instant.parse("3000-01-01T00:00:00Z");
    private static final long END_SECONDS = END.getEpochSecond();
    private static final int MAX_CHARS = 40;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private EventTime() {}

    public static Optional<Instant> parse(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            boolean number = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
            Instant time = number ? epoch(text) : iso(text);
            return time.isBefore(Instant.EPOCH) || !time.isBefore(END) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant iso(String text) {
        String normal =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        TemporalAccessor parsed = ISO.parseBest(normal, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    private static Instant epoch(String text) {
        BigDecimal number = new BigDecimal(text);
        int scale = 0;
        BigDecimal seconds = number;
        while (seconds.compareTo(BigDecimal.valueOf(END_SECONDS)) >= 0 && scale < 9) {
            scale += 3;
            seconds = number.movePointLeft(scale);
        }
        long nanos = seconds.movePointRight(9).toBigInteger().longValueExact();
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
