package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenIdsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100, 1_000, 4_097})
    void remembersAtLeastItsCapacityAndAtMostTwice(int capacity) {
        SeenIds ids = new SeenIds(capacity);
        for (int i = 0; i < capacity * 3; i++) {
            assertTrue(ids.add("id-" + i));
            for (int back = 0; back < Math.min(i, capacity); back += Math.max(1, capacity / 7)) {
                assertFalse(ids.add("id-" + (i - back)), i + " back " + back);
            }
        }
        assertTrue(ids.add("id-0"));
    }

    @Test
    void differentIdsAreDifferent() {
        SeenIds ids = new SeenIds(100_000);
        Set<String> added = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            added.add(Integer.toString(i * 31));
            ids.add(Integer.toString(i * 31));
        }
        int again = 0;
        for (String id : added) {
            again += ids.add(id) ? 0 : 1;
        }
        assertEquals(added.size(), again);
    }
}
