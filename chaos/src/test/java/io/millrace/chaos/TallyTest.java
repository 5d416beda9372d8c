package io.millrace.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of a lake that objects go from. */
class TallyTest {

    @TempDir
    Path folder;

    private Path bucket;
    private Path other;
    private Tally tally;

    @BeforeEach
    void twoBuckets() throws IOException {
        bucket = Files.createDirectories(folder.resolve("one/hour=10"));
        other = Files.createDirectories(folder.resolve("two/hour=10"));
        tally = new Tally(List.of(folder.resolve("one"), folder.resolve("two")));
    }

    @Test
    void anEventInTwoBucketsIsDoubled() throws IOException {
        write(bucket.resolve(name()), 1, 2);
        write(other.resolve(name()), 2, 3);
        assertEquals(2, tally.refresh());

        assertEquals(ids(1, 2, 3), tally.seen(1));
        assertEquals(ids(2), tally.seen(2));
    }

    @Test
    void whatIsMergedCountsOnceAndIsReadAgain() throws IOException {
        Path late = bucket.resolve(name());
        write(late, 1);
        write(bucket.resolve(name()), 2);

        assertTrue(new LakeKeeper(tally, Duration.ZERO).compact());
        assertEquals(1, tally.refresh());
        assertEquals(1, tally.objects());
        assertEquals(ids(1, 2), tally.seen(1));
        assertEquals(ids(), tally.seen(2));

        write(late, 1);
        tally.refresh();
        assertEquals(ids(1), tally.seen(2));
    }

    @Test
    void whatHasGoneCountsAndIsDoubledWhenItComesAgain() throws IOException {
        Path object = bucket.resolve(name());
        write(object, 1);
        tally.expire(tally.older(Duration.ZERO));

        assertEquals(ids(1), tally.seen(1));
        assertEquals(0, tally.refresh());
        write(object, 1);
        assertEquals(1, tally.refresh());
        assertEquals(ids(1), tally.seen(2));
    }

    @Test
    void whatIsYoungStays() throws IOException {
        write(bucket.resolve(name()), 1);

        assertEquals(List.of(), tally.older(Duration.ofMinutes(1)));
    }

    @Test
    void aDeadLetterIsDelivered() throws IOException {
        Path dead = Files.createDirectories(folder.resolve("one/_dead-letter/reason=too-many-partitions"));
        String data = Base64.getEncoder().encodeToString(event(7).getBytes(StandardCharsets.UTF_8));
        Files.writeString(dead.resolve(name()), "{\"reason\":\"too-many-partitions\",\"data\":\"" + data + "\"}\n");
        tally.refresh();

        assertEquals(ids(7), tally.seen(1));
    }

    @Test
    void aCopyMayBeThereTwice() throws IOException {
        Ledger ledger = new Ledger();
        IntStream.range(0, 2).forEach(id -> ledger.acknowledge(ledger.nextId()));
        ledger.copy(0);
        write(bucket.resolve(name()), 0, 1, 0);
        tally.refresh();
        assertTrue(ledger.audit(tally).isExact());

        write(bucket.resolve(name()), 0, 1);
        tally.refresh();
        assertEquals(ids(0, 1), ledger.audit(tally).doubled());
    }

    private static String name() {
        return "part-" + UUID.randomUUID() + ".jsonl";
    }

    private static void write(Path object, int... events) throws IOException {
        Files.write(object, IntStream.of(events).mapToObj(TallyTest::event).toList());
    }

    private static String event(int id) {
        return Load.event(id, "svc", "message");
    }

    private static BitSet ids(int... ids) {
        BitSet set = new BitSet();
        IntStream.of(ids).forEach(set::set);
        return set;
    }
}
