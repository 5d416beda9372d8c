package io.millrace.dashboard.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2025-11-09T13:24:33Z, 2025-11-09T13:24:33Z",
        "2025-11-09T13:24:33, 2025-11-09T13:24:33Z",
        "2025-11-09 13:24:33.5, 2025-11-09T13:24:33.5Z",
        "2025-11-09T15:24:33+02:00, 2025-11-09T13:24:33Z",
        "2025-11-09T15:24:33+0200, 2025-11-09T13:24:33Z",
        "2025-11-09T12:24:33-01:00, 2025-11-09T13:24:33Z",
        "1762694673, 2025-11-09T13:24:33Z",
        "1762694673.25, 2025-11-09T13:24:33.25Z",
        "1762694673001, 2025-11-09T13:24:33.001Z",
        "1762694673000001, 2025-11-09T13:24:33.000001Z",
        "1762694673000000001, 2025-11-09T13:24:33.000000001Z"
    })
    void isRead(String text, Instant expected) {
        assertEquals(Optional.of(expected), EventTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "3000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "-5",
                "1e99",
                "..",
                "99999999999999999999999999"
            })
    void isNoTime(String text) {
        assertEquals(Optional.empty(), EventTime.parse(text));
    }
}
