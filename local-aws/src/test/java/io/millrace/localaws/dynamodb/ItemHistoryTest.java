package io.millrace.localaws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import io.millrace.localaws.dynamodb.ItemHistory.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemHistoryTest {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final ItemHistory history = new ItemHistory(KEPT, () -> now);

    @Test
    void anItemIsAsItWasBeforeTheFirstWriteSinceThen() {
        history.keep(place("a"), Map.of());
        pass(1_000);
        history.keep(place("a"), item("first"));
        pass(1_000);
        history.keep(place("a"), item("second"));

        assertEquals(Optional.of(Map.of()), before("a", 2_001));
        assertEquals(Optional.of(item("first")), before("a", 2_000));
        assertEquals(Optional.of(item("first")), before("a", 1_001));
        assertEquals(Optional.of(item("second")), before("a", 1_000));
    }

    @Test
    void anItemThatNobodyHasWrittenSinceIsTheNewest() {
        history.keep(place("a"), Map.of());
        pass(1_000);

        assertEquals(Optional.empty(), before("a", 1_000));
        assertEquals(Optional.empty(), before("b", 2_000));
    }

    @Test
    void itIsForgottenAfterAWhile() {
        history.keep(place("a"), item("old"));
        pass(KEPT.toMillis() + 1);
        history.keep(place("b"), Map.of());

        assertEquals(Optional.empty(), before("a", 2 * KEPT.toMillis()));
    }

    private Optional<Map<String, AttributeValue>> before(String key, long millis) {
        return history.before(place(key), Duration.ofMillis(millis));
    }

    private void pass(long millis) {
        now = now.plusMillis(millis);
    }

    private static Place place(String key) {
        return new Place("leases", Map.of("leaseKey", new AttributeValue(key)));
    }

    private static Map<String, AttributeValue> item(String owner) {
        return Map.of("leaseOwner", new AttributeValue(owner));
    }
}
