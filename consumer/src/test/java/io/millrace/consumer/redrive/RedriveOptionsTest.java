package io.millrace.consumer.redrive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.settings.SettingsException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedriveOptionsTest {

    @Test
    void withoutOptionsItIsADryRunOfTheConsumersBucket() {
        assertEquals(
                new RedriveOptions(
                        "lake", RedriveOptions.ROOT, Optional.empty(), Optional.empty(), Optional.empty(), false),
                RedriveOptions.parse(List.of(), "lake"));
    }

    @Test
    void everyOptionIsRead() {
        assertEquals(
                new RedriveOptions(
                        "other",
                        "_dead-letter/reason=not-json/",
                        Optional.of(Instant.parse("2026-01-31T00:00:00Z")),
                        Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
                        Optional.of("fixed"),
                        true),
                RedriveOptions.parse(
                        List.of(
                                "--bucket",
                                "other",
                                "--prefix=_dead-letter/reason=not-json/",
                                "--from",
                                "2026-01-31T01:00:00+01:00",
                                "--to",
                                "2026-02-01T00:00:00Z",
                                "--stream",
                                "fixed",
                                "--execute"),
                        "lake"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        SettingsException e = assertThrows(
                SettingsException.class,
                () -> RedriveOptions.parse(
                        List.of("--prefix", "service=a/", "--from", "yesterday", "--exceute", "now", "--to"), "lake"));
        assertEquals(5, e.problems().size(), e::getMessage);
        assertTrue(e.problems().contains("--exceute is not an option; did you mean --execute?"), e::getMessage);
        assertTrue(RedriveOptions.USAGE.contains("--prefix PREFIX (_dead-letter/)"), RedriveOptions.USAGE);
    }
}
