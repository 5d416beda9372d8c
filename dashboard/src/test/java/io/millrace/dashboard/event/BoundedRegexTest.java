package io.millrace.dashboard.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedRegexTest {

    @Test
    void anExpressionThatIsCatastrophicElsewhereIsQuickHere() {
        String text = "a".repeat(50_000) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertFalse(BoundedRegex.compile("(a+)+$").find(text, () -> false));
            assertFalse(BoundedRegex.compile("(a|aa)+$").find(text, () -> false));
        });
    }

    @Test
    void repetitionsOfRepetitionsAreRefused() {
        for (String large : new String[] {
            "((a{100}){100}){100}", "(a{1000}){11}", "((((a{10}){10}){10}){10}){10}", "([a-z]{900}){900}"
        }) {
            assertThrows(IllegalArgumentException.class, () -> BoundedRegex.compile(large), large);
        }
        assertThrows(IllegalArgumentException.class, () -> BoundedRegex.compile("a".repeat(501)));
    }

    @Test
    void usualExpressionsAreAccepted() {
        assertTrue(BoundedRegex.compile("\\d{4}-\\d{2}-\\d{2}T").find("at 2025-11-09T13", () -> false));
        assertTrue(BoundedRegex.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
                .find("id 123e4567-e89b-12d3-a456-426614174000", () -> false));
        assertTrue(BoundedRegex.compile("[]{}]{1,3}").find("}", () -> false));
    }

    @Test
    void whatIsNoExpressionIsSaid() {
        assertThrows(IllegalArgumentException.class, () -> BoundedRegex.compile("a("));
        assertThrows(IllegalArgumentException.class, () -> BoundedRegex.compile("(?=look)ahead"));
    }

    @Test
    void aMatchThatIsTooLateIsGivenUp() {
        assertFalse(BoundedRegex.compile("x").find("y".repeat(100_000) + "x", () -> true));
    }
}
