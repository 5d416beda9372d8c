package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.polling.SleepTimeControllerConfig;

class ReadPaceTest {

    private static final Instant BEGUN = Instant.EPOCH;
    private static final long FAR_BEHIND = 60_000;

    private final ReadRate rate = new ReadRate();
    private Instant now = BEGUN.plusMillis(50);
    private final ReadPace pace = new ReadPace(Duration.ofSeconds(1), () -> BEGUN, rate, () -> now);

    @Test
    void aShardThatIsBehindIsReadAtKinesissLimit() {
        assertEquals(150, sleep(FAR_BEHIND));
        now = BEGUN.plusMillis(400);
        assertEquals(0, sleep(FAR_BEHIND), "reading took longer");
    }

    @Test
    void aShardThatIsReadToItsEndIsReadAtTheInterval() {
        assertEquals(950, sleep(0L));
    }

    @Test
    void aReadThatFailedIsMadeAgainAtTheInterval() {
        assertEquals(950, sleep(null));
    }

    @Test
    void beforeTheFirstReadThereIsTheInterval() {
        assertEquals(
                1_000,
                pace.getSleepTimeMillis(SleepTimeControllerConfig.builder()
                        .lastMillisBehindLatest(FAR_BEHIND)
                        .build()));
    }

    @Test
    void aShardThatRefusedIsReadWhenItGivesAgain() {
        rate.answered(BEGUN.minusMillis(200), BEGUN.minusMillis(150), 4_000_000);
        rate.refused();
        assertEquals(1_750, sleep(null), "two seconds after the read that it made good");
        rate.attemptRefused();
        rate.answered(BEGUN, BEGUN.plusMillis(50), 1_000_000);
        assertEquals(500, sleep(FAR_BEHIND), "a call that was refused first counts from its end");
        rate.answered(BEGUN, BEGUN.plusMillis(50), 1_000_000);
        assertEquals(450, sleep(FAR_BEHIND), "and others from their begin");
        rate.answered(BEGUN, BEGUN.plusMillis(50), 1_000);
        assertEquals(150, sleep(FAR_BEHIND), "five reads a second are still all");
        assertEquals(950, sleep(0L));
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        now = BEGUN.minusSeconds(3_600);
        assertEquals(ReadRate.LONGEST.toMillis(), sleep(FAR_BEHIND));
    }

    @Test
    void aShardThatOthersReadIsLeftForTheInterval() {
        rate.answered(BEGUN.minusSeconds(9), BEGUN.minusSeconds(9), 4_000_000);
        rate.refused();
        assertEquals(950, sleep(null), "it had made good what this reader took");
    }

    private long sleep(Long millisBehindLatest) {
        return pace.getSleepTimeMillis(SleepTimeControllerConfig.builder()
                .lastSuccessfulCall(BEGUN)
                .lastMillisBehindLatest(millisBehindLatest)
                .build());
    }
}
