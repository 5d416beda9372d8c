package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.producer.RateLimit;
import org.junit.jupiter.api.Test;

class ShardRateTest {
    private static final long SECOND = 1_000_000_000L;

    /** How many records of this size the rate lets pass in a time. */
    private static int taken(ShardRate rate, int bytes, long from, long to) {
        int taken = 0;
        for (long now = from; now < to; now += SECOND / 1000) {
            while (rate.availableAt(now) <= now && taken < 1_000_000) {
                rate.take(bytes);
                taken++;
            }
        }
        return taken;
    }

    @Test
    void aShardTakesAThousandSmallRecordsASecond() {
        ShardRate rate = new ShardRate(RateLimit.ofPercent(100));
        taken(rate, 1, 0, SECOND); // The first second has a full bucket to begin with.
        assertEquals(1000, taken(rate, 1, SECOND, 2 * SECOND), 5);
    }

    @Test
    void aShardTakesAMebibyteASecond() {
        ShardRate rate = new ShardRate(RateLimit.ofPercent(50));
        taken(rate, 64 * 1024, 0, SECOND);
        assertEquals(8 * 10, taken(rate, 64 * 1024, SECOND, 11 * SECOND), 2);
    }

    @Test
    void anAdaptiveRateBindsFromTheFirstRefusalAndLetsGoInTheEnd() {
        ShardRate rate = new ShardRate(RateLimit.AUTO);
        assertEquals(1_000_000, taken(rate, 1, 0, SECOND / 1000));
        rate.refused(SECOND);
        assertEquals(1000, taken(rate, 1, SECOND, 2 * SECOND), 5);
        rate.refused(3 * SECOND);
        int slower = taken(rate, 1, 3 * SECOND, 4 * SECOND);
        assertTrue(slower < 850, "took " + slower);
        assertEquals(1_000_000, taken(rate, 1, 60 * SECOND, 61 * SECOND));
    }
}
