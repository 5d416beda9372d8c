package io.millrace.lake.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    private static final long YEAR_3000 = 32_503_680_000L;
    /** The year 2286: with more digits, compact dates look like epochs. */
    private static final long LAST_TEN_DIGITS = 9_999_999_999L;

    @ParameterizedTest
    @CsvSource({
        "2025-11-09T13:24:33Z, 2025-11-09T13:24:33Z",
        "2025-11-09 13:24:33, 2025-11-09T13:24:33Z",
        "2025-11-09t13:24:33z, 2025-11-09T13:24:33Z",
        "2025-11-09T13:24:33.123456789Z, 2025-11-09T13:24:33Z",
        "'2025-11-09T13:24:33,5+01:00', 2025-11-09T12:24:33Z",
        "2025-11-09T13:24:33-0730, 2025-11-09T20:54:33Z",
        "2025-11-09 13:24:33 +01, 2025-11-09T12:24:33Z",
        "2025-11-09T00:30+02:00, 2025-11-08T22:30:00Z",
        "2025-11-09T13, 2025-11-09T13:00:00Z",
        "2025-11-09, 2025-11-09T00:00:00Z",
        "2024-02-29T23:59:60Z, 2024-02-29T23:59:59Z",
        "2025-12-31T24:00:00Z, 2026-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2999-12-31T23:59:59Z, 2999-12-31T23:59:59Z",
        "1762694673, 2025-11-09T13:24:33Z",
        "1762694673.987, 2025-11-09T13:24:33Z",
        "1762694673987, 2025-11-09T13:24:33Z",
        "1762694673987654, 2025-11-09T13:24:33Z",
        "1762694673987654321, 2025-11-09T13:24:33Z",
        "1.762694673E9, 2025-11-09T13:24:33Z",
        "32503679999999999999, 2999-12-31T23:59:59Z",
        "'  1762694673 ', 2025-11-09T13:24:33Z",
        "0, 1970-01-01T00:00:00Z",
        "1e-400000000, 1970-01-01T00:00:00Z",
        "1e-999999999, 1970-01-01T00:00:00Z"
    })
    void isRead(String text, Instant time) {
        assertEquals(time.getEpochSecond(), EventTime.epochSecond(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "-1",
                "-62135596800",
                "1969-12-31T23:59:59Z",
                "3000-01-01T00:00:00Z",
                "2025-13-01",
                "2025-02-29",
                "2025-11-09T25:00Z",
                "2025-11-09T24:00:01Z",
                "2025-11-09T13:60Z",
                "2025-11-09T13:24:33+",
                "2025-11-09T13:24:33+19:00",
                "2025-11-09T13:24:33Zx",
                "2025-11-09X13:24",
                "09-11-2025",
                "325036800000000000000",
                "1e999999999",
                "1e-5x",
                "NaN",
                "Infinity",
                "0x10",
                "٢٠٢٥-11-09T13:24:33Z",
                "12:24:33",
                "1762694673Z"
            })
    void isNone(String text) {
        assertEquals(EventTime.NONE, EventTime.epochSecond(text));
    }

    @Property
    void whatJavaPrintsIsRead(
            @ForAll @LongRange(min = 0, max = YEAR_3000 - 1) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        OffsetDateTime time = Instant.ofEpochSecond(second, nanos).atOffset(offset);
        if (time.getYear() >= 1970 && time.getYear() < 3000) { // the year is four digits either way
            assertEquals(second, EventTime.epochSecond(time.toString()));
        }
        assertEquals(
                second,
                EventTime.epochSecond(LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC)
                        .toString()));
    }

    @Property
    void numbersAreReadInTheirUnit(@ForAll @LongRange(min = YEAR_3000 / 1000 + 1, max = LAST_TEN_DIGITS) long second) {
        assertEquals(second, EventTime.epochSecond(Long.toString(second)));
        assertEquals(second, EventTime.epochSecond(second + "123"));
        assertEquals(second, EventTime.epochSecond(second + "123456"));
        assertEquals(second, EventTime.epochSecond(second + "123456789"));
    }

    @Property
    void compactDatesAreDates(
            @ForAll @LongRange(min = 0, max = YEAR_3000 - 1) long second, @ForAll @IntRange(max = 999) int millis) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, millis * 1_000_000, ZoneOffset.UTC);
        String date = DateTimeFormatter.ofPattern("yyyyMMdd").format(time);
        String clock = DateTimeFormatter.ofPattern("HHmmss").format(time);
        Instant moment = time.toInstant(ZoneOffset.UTC);
        assertEquals(second, EventTime.epochSecond(date + clock));
        assertEquals(second, EventTime.epochSecond(date + "T" + clock + "Z"));
        assertEquals(second - second % 86_400, EventTime.epochSecond(date));
        assertEquals(
                Optional.of(moment),
                EventTime.instant(
                        DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").format(time)));
    }

    @Property
    void whatMailsPrintIsRead(
            @ForAll @LongRange(min = 86_400, max = YEAR_3000 - 86_400) long second,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        OffsetDateTime time = Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
        assertEquals(second, EventTime.epochSecond(DateTimeFormatter.RFC_1123_DATE_TIME.format(time)));
    }

    @Property
    void aMomentKeepsItsFraction(
            @ForAll @LongRange(min = 0, max = YEAR_3000 - 1) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant moment = Instant.ofEpochSecond(second, nanos);
        assertEquals(Optional.of(moment), EventTime.instant(moment.toString()));
        assertEquals(Optional.of(moment), EventTime.instant("%d.%09d".formatted(second, nanos)));
    }

    @Property
    void anyTextIsReadOrNot(@ForAll @StringLength(max = 80) String text) {
        long second = EventTime.epochSecond(text);
        assertEquals(true, second == EventTime.NONE || (second >= 0 && second < YEAR_3000));
    }
}
