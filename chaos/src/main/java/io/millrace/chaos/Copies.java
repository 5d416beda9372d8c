package io.millrace.chaos;

import io.millrace.chaos.InputForms.Packed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What a producer's retries and a very mixed record bring: some records twice, and now and then a record of more output
 * partitions than a record may have, unless the copies in it are left out. Not thread-safe.
 *
 * <p>The copies come first. Where they count, the last events of the record become dead letters; a record before it has
 * events of the same partitions, so that their objects are the first to be put, and are there when a worker is struck.
 */
final class Copies {

    private static final int ONE_IN = 20;
    private static final int PARTITION_LIMIT = 1_000;
    private static final int COPIES = 20;
    private static final Duration PAUSE = Duration.ofSeconds(12);
    private static final Duration UNTIL_COPY = Duration.ofSeconds(4);

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
            if (first.isEmpty()) {
                first = Optional.of(events("again-", 0, COPIES));
                more.add(first.get());
                due = System.nanoTime() + UNTIL_COPY.toNanos();
            } else {
                more.addAll(mixed(first.get()));
                first = Optional.empty();
                due = System.nanoTime() + PAUSE.toNanos();
            }
        }
        return more;
    }

    /** Both under the key of what is copied, so that they come to its shard. */
    private List<Packed> mixed(Packed copied) {
        copied.ids().forEach(ledger::copy);
        Packed last =
                events("mixed-", PARTITION_LIMIT - COPIES, PARTITION_LIMIT).withKey(copied.key());
        Packed all = events("mixed-", 0, PARTITION_LIMIT);
        List<Integer> ids = new ArrayList<>(copied.ids());
        ids.addAll(all.ids());
        return List.of(
                last,
                new Packed(
                        copied.key(),
                        ids,
                        SdkBytes.fromUtf8String(
                                copied.data().asUtf8String() + "\n" + all.data().asUtf8String())));
    }

    /** One of each service, in one hour. */
    private Packed events(String service, int from, int to) {
        List<Integer> ids = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int id = ledger.nextId();
            ids.add(id);
            events.add(Load.event(id, 0, service + i, "one of many"));
        }
        return new Packed(ids, SdkBytes.fromUtf8String(String.join("\n", events)));
    }
}
