package io.millrace.consumer.lease;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdCache;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdOnboardingState;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.KinesisShardDetector;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.ShardDetector;
import software.amazon.kinesis.metrics.NullMetricsScope;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * Makes the leases that a stream's shards lack, by KCL's own rules (a child waits for its parents), before the scheduler
 * starts: on an empty table KCL would wait a random 1 to 30 s first, and holes in a table it would mend after minutes.
 *
 * <p>Thread-safe; several workers may do the same at once, for a lease is made only where there is none.
 */
public final class LeaseSync {

    private static final Logger log = LoggerFactory.getLogger(LeaseSync.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long LIST_SHARDS_BACKOFF_MILLIS = 500;
    private static final int LIST_SHARDS_ATTEMPTS = 3;

    private static final InitialPositionInStreamExtended BEGINNING =
            InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);

    private final KinesisAsyncClient kinesis;
    private final LeaseRefresher leases;
    private final FirstStart firstStart;
    private final InstantSource clock;

    public LeaseSync(KinesisAsyncClient kinesis, LeaseTable table, InstantSource clock) {
        this.kinesis = kinesis;
        this.leases = table.leases();
        this.firstStart = table.firstStart();
        this.clock = clock;
        // KCL's shard list asks this static; the scheduler, which would set it, starts later and leaves it as it is.
        StreamIdCache.initialize(null, StreamIdOnboardingState.NOT_ONBOARDED);
    }

    /**
     * Brings the lease table up to the stream's shards.
     *
     * <p>Where the stream has no leases at all, this worker takes those it makes: it is as good as any, and KCL would
     * assign them after two rounds only. Workers that join get their share.
     *
     * @param multiStream whether leases carry the stream's name and time of creation
     * @return where shards without a checkpoint start: {@code initialPosition}, but for the newest record the time when
     *     the application first came to the stream, the same at every start
     * @throws Exception where Kinesis or DynamoDB does not answer; all of it can be tried again
     */
    public InitialPositionInStreamExtended sync(
            SourceStream stream, boolean multiStream, InitialPositionInStreamExtended initialPosition, String workerId)
            throws Exception {
        StreamIdentifier identity = multiStream ? stream.oneOfMany() : stream.single();
        ShardDetector detector = detector(identity);
        boolean recreated = !multiStream && dropLeasesOfEarlierStream(stream, detector.listShards());
        List<String> known = keys(leasesOf(identity, multiStream));
        boolean fresh = known.isEmpty();
        boolean fromNowOn = initialPosition.getInitialPositionInStream() == InitialPositionInStream.LATEST;
        Instant first = fromNowOn ? firstStart.find(known).orElseGet(clock::instant) : Instant.EPOCH;
        InitialPositionInStreamExtended position = fromNowOn
                ? InitialPositionInStreamExtended.newInitialPositionAtTimestamp(Date.from(first))
                : initialPosition;
        new HierarchicalShardSyncer(multiStream, identity.serialize())
                .checkAndCreateLeaseForNewShards(
                        detector, leases, recreated ? BEGINNING : position, new NullMetricsScope(), false, fresh);
        if (fromNowOn) {
            firstStart.keep(keys(leasesOf(identity, multiStream)), first);
        }
        if (fresh) {
            for (Lease lease : leasesOf(identity, multiStream)) {
                if (lease.leaseOwner() == null) {
                    leases.assignLease(lease, workerId);
                }
            }
        }
        return position;
    }

    private static List<String> keys(List<Lease> leases) {
        return leases.stream().map(Lease::leaseKey).toList();
    }

    private List<Lease> leasesOf(StreamIdentifier identity, boolean multiStream) throws Exception {
        return multiStream ? leases.listLeasesForStream(identity) : leases.listLeases();
    }

    /**
     * A stream that was deleted and made again has shards of the same names. Their old leases would hold KCL at an
     * earlier stream's positions, or count its shards as finished, and the new records would never be read.
     */
    private boolean dropLeasesOfEarlierStream(SourceStream stream, List<Shard> shards) throws Exception {
        Map<String, Shard> byId = shards.stream().collect(Collectors.toMap(Shard::shardId, Function.identity()));
        boolean dropped = false;
        for (Lease lease : leases.listLeases()) {
            Shard shard = byId.get(lease.leaseKey());
            if (shard != null && isOfEarlierStream(lease.checkpoint(), shard)) {
                log.warn(
                        "The lease of {} is at {}, which is of an earlier stream named {}: dropping it, this stream"
                                + " (made {}) is read from its beginning",
                        lease.leaseKey(),
                        lease.checkpoint(),
                        stream.name(),
                        stream.created());
                leases.deleteLease(lease);
                dropped = true;
            }
        }
        return dropped;
    }

    /** Whether the checkpoint lies before the shard's first possible record, or at the end of a shard still open. */
    static boolean isOfEarlierStream(ExtendedSequenceNumber checkpoint, Shard shard) {
        if (checkpoint.isShardEnd()) {
            return shard.sequenceNumberRange().endingSequenceNumber() == null;
        }
        return !checkpoint.isSentinelCheckpoint()
                && new BigInteger(checkpoint.sequenceNumber())
                                .compareTo(new BigInteger(
                                        shard.sequenceNumberRange().startingSequenceNumber()))
                        < 0;
    }

    private ShardDetector detector(StreamIdentifier identity) {
        return new KinesisShardDetector(
                kinesis, identity, LIST_SHARDS_BACKOFF_MILLIS, LIST_SHARDS_ATTEMPTS, 0, 0, 1, REQUEST_TIMEOUT);
    }
}
