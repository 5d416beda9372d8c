package io.millrace.dashboard.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.stream.TailSubscription.End;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader that does not keep up is let go, and what waited for it with it; others are not held up. */
class TailSubscriptionTest {

    private final TailSubscription subscription = new TailSubscription(null);

    @Test
    void tooManyEventsWaiting() throws InterruptedException {
        List<TailEvent> batch = Collections.nCopies(TailSubscription.MAX_EVENTS / 2, event("{}"));
        subscription.offer(batch);
        subscription.offer(batch);
        assertEquals(End.OPEN, subscription.end());

        subscription.offer(batch);

        assertEquals(End.TOO_SLOW, subscription.end());
        assertTrue(subscription.take(1, 1).isEmpty(), "nothing is kept for a reader that was let go");
    }

    @Test
    void tooMuchTextWaiting() {
        TailEvent big = event("x".repeat(1 << 20));
        for (long waiting = 0; waiting < TailSubscription.MAX_CHARS; waiting += 1 << 20) {
            assertEquals(End.OPEN, subscription.end());
            subscription.offer(List.of(big));
        }
        subscription.offer(List.of(big));
        assertEquals(End.TOO_SLOW, subscription.end());
    }

    @Test
    void whoReadsStaysOpen() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            subscription.offer(Collections.nCopies(TailSubscription.MAX_EVENTS / 2, event("{}")));
            assertEquals(
                    TailSubscription.MAX_EVENTS / 2,
                    subscription.take(TailSubscription.MAX_EVENTS, 1).size());
        }
        assertEquals(End.OPEN, subscription.end());
    }

    private static TailEvent event(String text) {
        return new TailEvent(Instant.EPOCH, "shardId-000000000000", "1", text);
    }
}
