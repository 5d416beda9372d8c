package io.millrace.consumer.lease;

import io.millrace.consumer.lease.InitialPosition.At;
import io.millrace.consumer.lease.InitialPosition.Latest;
import io.millrace.consumer.lease.InitialPosition.TrimHorizon;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.metrics.NullMetricsScope;

/**
 * Makes the leases that a stream's shards lack, by KCL's own rules (a child waits for its parents), before the scheduler
 * starts: on an empty table KCL would wait a random 1 to 30 s first, and holes in a table it would mend after minutes.
 *
 * <p>Thread-safe; several workers may do the same at once, for a lease is made only where there is none.
 */
public final class LeaseSync {

    /** "From now on" begins so much earlier, for arrival times are approximate: rather a record more than one less. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final InitialPosition BEGINNING = new TrimHorizon();

    private final KinesisAsyncClient kinesis;
    private final LeaseRefresher leases;
    private final FirstStart firstStart;
    private final LeaseTable table;
    private final Function<SourceStream, Instant> kinesisTime;
    /** When this process first came to each stream: a start that is tried again does not begin later. */
    private final Map<SourceStream, Instant> arrivals = new ConcurrentHashMap<>();

    public LeaseSync(KinesisAsyncClient kinesis, LeaseTable table) {
        this(kinesis, table, new KinesisClock(kinesis, InstantSource.system()));
    }

    /** @param kinesisTime the time now, by the clock that records' arrival times are of */
    LeaseSync(KinesisAsyncClient kinesis, LeaseTable table, Function<SourceStream, Instant> kinesisTime) {
        this.kinesis = kinesis;
        this.leases = table.leases();
        this.firstStart = table.firstStart();
        this.table = table;
        this.kinesisTime = kinesisTime;
    }

    /**
     * Brings the lease table up to the stream's shards.
     *
     * <p>Where the stream has no leases at all, this worker takes those it makes: it is as good as any, and KCL would
     * assign them after two rounds only. Workers that join get their share.
     *
     * @return where shards without a checkpoint start: for every worker, and at every later start, the same time, unless
     *     it is the oldest record
     * @throws Exception where Kinesis or DynamoDB does not answer; all of it can be tried again
     */
    public InitialPosition sync(SourceStream stream, InitialPosition initialPosition, WorkerName worker)
            throws Exception {
        StreamIdentifier identity = stream.identity();
        List<Lease> known = leases.listLeasesForStream(identity);
        boolean fresh = known.isEmpty();
        InitialPosition position = firstStart
                .find(keys(known))
                .<InitialPosition>map(At::new)
                .orElseGet(() -> start(stream, initialPosition, fresh));
        new HierarchicalShardSyncer(true, identity.serialize())
                .checkAndCreateLeaseForNewShards(
                        ShardLists.of(kinesis, identity),
                        leases,
                        KclPositions.of(forShards(position, stream)),
                        new NullMetricsScope(),
                        false,
                        fresh);
        List<Lease> made = leases.listLeasesForStream(identity);
        if (fresh) {
            takeUnowned(made, worker.owner());
        }
        return position instanceof At at ? new At(firstStart.keep(keys(made), at.time())) : position;
    }

    /** Where an application starts in a stream for which it has kept no time. */
    private InitialPosition start(SourceStream stream, InitialPosition asked, boolean fresh) {
        if (asked instanceof Latest) {
            // An application that was there before the stream wants all of it.
            return new At(hasEarlier(stream) ? stream.created() : arrivals.computeIfAbsent(stream, this::arrival));
        }
        if (fresh && asked instanceof At at && at.time().isAfter(kinesisTime.apply(stream))) {
            throw new IllegalStateException(
                    "INITIAL_POSITION " + at.time() + " is still to come, and Kinesis takes only a time that has been");
        }
        return asked;
    }

    private Instant arrival(SourceStream stream) {
        return kinesisTime.apply(stream).minus(MARGIN);
    }

    /** Kinesis lists the shards that were open at a time; before the stream was made, none was. */
    private static InitialPosition forShards(InitialPosition position, SourceStream stream) {
        boolean whole = position instanceof At at && !at.time().isAfter(stream.created());
        return whole ? BEGINNING : position;
    }

    private void takeUnowned(List<Lease> made, String owner) throws Exception {
        for (Lease lease : made) {
            if (lease.leaseOwner() == null) {
                leases.assignLease(lease, owner);
            }
        }
    }

    private static List<String> keys(List<Lease> leases) {
        return leases.stream().map(Lease::leaseKey).toList();
    }

    /** Whether the application has leases of an earlier stream of that name. */
    private boolean hasEarlier(SourceStream stream) {
        return table.items().map(LeaseItem::key).anyMatch(stream::isEarlier);
    }
}
