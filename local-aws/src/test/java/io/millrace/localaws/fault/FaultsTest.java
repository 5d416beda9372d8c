package io.millrace.localaws.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private Instant now = Instant.EPOCH;
    private final Faults faults = new Faults(7, () -> now);

    @Test
    void withoutRulesNothingGoesWrong() {
        assertEquals(CallFault.NONE, faults.onCall("kinesis:PutRecords"));
        assertEquals(Optional.empty(), faults.onEntry("kinesis:PutRecords"));
    }

    @Test
    void aRuleHitsOnlyItsOperations() {
        faults.add(Fault.throttle("s3:Put*"));

        assertTrue(isHit("s3:PutObject"));
        assertTrue(isHit("S3:putobject"));
        assertEquals(CallFault.NONE, faults.onCall("s3:GetObject"));
        assertEquals(CallFault.NONE, faults.onCall("kinesis:PutRecords"));
    }

    @Test
    void aRateIsAShareAndRepeatsWithTheSeed() {
        faults.add(Fault.throttle("*").withRate(0.3));
        Faults again = new Faults(7, () -> now);
        again.add(Fault.throttle("*").withRate(0.3));

        List<CallFault> first =
                IntStream.range(0, 1_000).mapToObj(i -> faults.onCall("a:B")).toList();
        List<CallFault> second =
                IntStream.range(0, 1_000).mapToObj(i -> again.onCall("a:B")).toList();

        assertEquals(first, second);
        long hits = first.stream().filter(fault -> fault.effect().isPresent()).count();
        assertTrue(hits > 250 && hits < 350, hits + " of 1000");
        assertEquals(hits, faults.list().get(0).hits());
    }

    @Test
    void endsAfterSoManyTimes() {
        faults.add(Fault.throttle("*").withTimes(2));

        assertTrue(isHit("a:B"));
        assertTrue(isHit("a:B"));
        assertEquals(CallFault.NONE, faults.onCall("a:B"));
    }

    @Test
    void endsAfterItsTime() {
        faults.add(Fault.throttle("*").withDuring(Duration.ofSeconds(10)));

        now = now.plusSeconds(9);
        assertTrue(isHit("a:B"));
        now = now.plusSeconds(1);
        assertEquals(CallFault.NONE, faults.onCall("a:B"));
    }

    @Test
    void delaysAddUpAndTheFirstOtherEffectDecides() {
        faults.add(Fault.delay("*", Duration.ofMillis(100)));
        faults.add(Fault.serverError("a:*", 503));
        faults.add(Fault.dropAfter("a:B"));
        faults.add(Fault.delay("a:B", Duration.ofMillis(20)));

        assertEquals(
                new CallFault(Duration.ofMillis(120), Optional.of(new Effect.ServerError(503))), faults.onCall("a:B"));
        assertEquals(0, faults.list().get(2).hits());
    }

    @Test
    void entriesHaveRulesOfTheirOwn() {
        faults.add(Fault.throttleEntries().withTimes(1));
        faults.add(Fault.failEntries().withTimes(1));

        assertEquals(CallFault.NONE, faults.onCall("kinesis:PutRecords"));
        assertEquals(Optional.of(new Effect.ThrottleEntries()), faults.onEntry("kinesis:PutRecords"));
        assertEquals(Optional.of(new Effect.FailEntries()), faults.onEntry("kinesis:PutRecords"));
        assertEquals(Optional.empty(), faults.onEntry("kinesis:PutRecords"));
    }

    @Test
    void rulesAreRemovedOneByOneOrAll() {
        long first = faults.add(Fault.throttle("a:B"));
        faults.add(Fault.throttle("a:C"));

        assertTrue(faults.remove(first));
        assertEquals(CallFault.NONE, faults.onCall("a:B"));
        assertTrue(isHit("a:C"));
        faults.clear();
        assertEquals(CallFault.NONE, faults.onCall("a:C"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("PutRecords"));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("*").withRate(0));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("*").withRate(1.1));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("*").withRate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("*").withTimes(0));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle("*").withDuring(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Fault.serverError("*", 404));
        assertThrows(IllegalArgumentException.class, () -> Fault.delay("*", Duration.ofHours(1)));
    }

    private boolean isHit(String operation) {
        return faults.onCall(operation).effect().isPresent();
    }
}
