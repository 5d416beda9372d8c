package io.millrace.consumer.chaos;

import io.millrace.consumer.chaos.InputForms.Packed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What a producer's retries and a very mixed record bring: some records twice, and now and then a record of 1,001 output
 * partitions, one more than a record may have, of which one is a copy of an event that was put some seconds before. Not
 * thread-safe.
 */
final class Copies {

    private static final int ONE_IN = 20;
    private static final int PARTITION_LIMIT = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(12);
    private static final Duration UNTIL_COPY = Duration.ofSeconds(3);

    private final Ledger ledger;
    private final Random random;
    private Optional<Packed> first = Optional.empty();
    private long due = System.nanoTime();

    Copies(Ledger ledger, Random random) {
        this.ledger = ledger;
        this.random = random;
    }

    /** What is put beside these records. */
    List<Packed> of(List<Packed> records) {
        List<Packed> more = new ArrayList<>();
        for (Packed record : records) {
            if (random.nextInt(ONE_IN) == 0) {
                record.ids().forEach(ledger::copy);
                more.add(record);
            }
        }
        if (System.nanoTime() >= due) {
            more.add(first.map(this::mixed).orElseGet(this::single));
        }
        return more;
    }

    private Packed single() {
        int id = ledger.nextId();
        Packed single = Packed.plain(id, Load.event(id, "mixed", "to be put again"));
        first = Optional.of(single);
        due = System.nanoTime() + UNTIL_COPY.toNanos();
        return single;
    }

    /** It begins with the copy, so that it has the same key and comes to the same shard. */
    private Packed mixed(Packed copied) {
        ledger.copy(copied.ids().get(0));
        List<Integer> ids = new ArrayList<>(copied.ids());
        List<String> events = new ArrayList<>(List.of(copied.data().asUtf8String()));
        for (int i = 0; i < PARTITION_LIMIT; i++) {
            int id = ledger.nextId();
            ids.add(id);
            events.add(Load.event(id, "mixed-" + i, "one of many"));
        }
        first = Optional.empty();
        due = System.nanoTime() + PAUSE.toNanos();
        return new Packed(ids, SdkBytes.fromUtf8String(String.join("\n", events)));
    }
}
