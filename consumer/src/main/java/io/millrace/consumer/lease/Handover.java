package io.millrace.consumer.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.leases.MultiStreamLease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * Takes the leases of earlier versions over: each keeps its position and its pending commit, and gets the name that the
 * leases of all streams have now. Workers of an earlier version may still run; they lose each lease as it moves.
 *
 * <p>Thread-safe; several workers may do the same at once, for a lease moves only as it was seen.
 */
public final class Handover {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    private final KinesisAsyncClient kinesis;
    private final LeaseTable table;
    private final FormerTable former;

    public Handover(KinesisAsyncClient kinesis, LeaseTable table) {
        this.kinesis = kinesis;
        this.table = table;
        this.former = table.former();
    }

    /**
     * Takes over what there is of these streams. Afterwards no earlier version can start on them.
     *
     * @param owner who holds the leases then
     * @throws RefusedException where leases contradict the configuration
     * @throws IllegalStateException where a lease changed meanwhile; all of it can be tried again
     */
    public void takeOver(List<SourceStream> streams, WorkerName owner) throws RefusedException {
        streams.forEach(former::guard);
        List<LeaseItem> unmoved = former.unmoved();
        if (unmoved.isEmpty()) {
            return;
        }
        List<LeaseItem> nameless = new ArrayList<>();
        Map<String, SourceStream> byIdentity =
                streams.stream().collect(Collectors.toMap(s -> s.identity().serialize(), Function.identity()));
        Map<String, LeaseItem> present = table.items().collect(Collectors.toMap(LeaseItem::key, Function.identity()));
        for (LeaseItem lease : unmoved) {
            if (lease.stream().isEmpty()) {
                nameless.add(lease);
            } else if (byIdentity.containsKey(lease.stream().get())) { // else it waits until its stream is read again
                move(lease, lease.stream().get(), present, owner);
            }
        }
        if (!nameless.isEmpty()) {
            String stream = streamOf(nameless, streams).identity().serialize();
            for (LeaseItem lease : nameless) {
                move(lease, stream, present, owner);
            }
        }
    }

    private void move(LeaseItem lease, String stream, Map<String, LeaseItem> present, WorkerName owner)
            throws RefusedException {
        LeaseItem there = present.get(MultiStreamLease.getLeaseKey(stream, lease.shard()));
        if (there == null) {
            asSeen(lease, () -> former.move(lease, lease.renamed(stream, lease.shard(), owner.owner())));
            log.info(
                    "Took the lease of {} of stream {} over from an earlier version, at {}{}",
                    lease.shard(),
                    stream,
                    lease.checkpoint(),
                    lease.hasPending() ? ", with a pending commit" : "");
            return;
        }
        if (isAhead(lease, there)) {
            throw new RefusedException("the lease of " + lease.shard() + " stands in the table " + former.name()
                    + " at " + lease.checkpoint() + " and in the table " + table.name() + " at " + there.checkpoint()
                    + ", so two versions have read stream " + stream
                    + " side by side: delete the lease that is wrong (docs/operations.md, Upgrade), then start again");
        }
        asSeen(lease, () -> former.retire(lease));
    }

    /** Whether an earlier version has committed, or begun to commit, what the lease in the new table does not cover. */
    private static boolean isAhead(LeaseItem lease, LeaseItem there) {
        if (!lease.hasBegun() || there.isAtShardEnd()) {
            return false;
        }
        return lease.hasPending() || position(lease).compareTo(position(there)) > 0;
    }

    private static ExtendedSequenceNumber position(LeaseItem lease) {
        return new ExtendedSequenceNumber(lease.checkpoint(), lease.subSequenceNumber());
    }

    private static void asSeen(LeaseItem lease, Runnable change) {
        try {
            change.run();
        } catch (TransactionCanceledException | TransactionConflictException e) {
            throw new IllegalStateException("the lease of " + lease.shard() + " has just changed", e);
        }
    }

    /** Leases that name no stream are all of the one that the application read. */
    private SourceStream streamOf(List<LeaseItem> nameless, List<SourceStream> streams) throws RefusedException {
        Map<SourceStream, Evidence> evidence = new LinkedHashMap<>();
        streams.forEach(stream -> evidence.put(stream, evidence(nameless, stream)));
        List<SourceStream> proven = with(Evidence.FOR, evidence);
        List<SourceStream> possible = with(Evidence.NONE, evidence);
        if (proven.size() == 1) {
            return proven.get(0);
        }
        if (streams.size() == 1 && possible.size() == 1) {
            return possible.get(0);
        }
        String names = streams.stream().map(SourceStream::name).collect(Collectors.joining(", "));
        throw new RefusedException("the table " + former.name()
                + " holds leases of an earlier version that name no stream, and "
                + (proven.isEmpty() && possible.isEmpty()
                        ? "their positions are not of " + names + ": start once with STREAM_NAME set to the stream that"
                                + " was read; if it was deleted and made again, or is to be read anew, take another"
                                + " APPLICATION_NAME"
                        : "they may be of each of " + names
                                + ": start once with STREAM_NAME set to the stream that was read")
                + " (docs/operations.md, Upgrade)");
    }

    private static List<SourceStream> with(Evidence kind, Map<SourceStream, Evidence> evidence) {
        return evidence.entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether leases are of a stream, by Kinesis's word: it refuses the sequence number of another stream. */
    private enum Evidence {
        FOR,
        NONE,
        AGAINST
    }

    private Evidence evidence(List<LeaseItem> leases, SourceStream stream) {
        Map<String, Shard> shards = shards(stream);
        Evidence all = Evidence.NONE;
        for (LeaseItem lease : leases) {
            Shard shard = shards.get(lease.shard());
            Evidence one = shard == null ? Evidence.NONE : evidence(lease, shard, stream);
            if (one == Evidence.AGAINST) {
                return one;
            }
            all = one == Evidence.FOR ? one : all;
        }
        return all;
    }

    private Evidence evidence(LeaseItem lease, Shard shard, SourceStream stream) {
        if (lease.isAtShardEnd()) { // its shard was listed later, so it cannot have ended in between
            boolean isOpen = shard.sequenceNumberRange().endingSequenceNumber() == null;
            return isOpen ? Evidence.AGAINST : Evidence.NONE;
        }
        if (lease.committed().isEmpty()) {
            return Evidence.NONE;
        }
        try {
            Streams.join(kinesis.getShardIterator(get -> get.streamName(stream.name())
                    .shardId(lease.shard())
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(lease.committed().get())));
            return Evidence.FOR;
        } catch (ResourceNotFoundException e) {
            return Evidence.NONE; // its retention is over since it was listed
        } catch (InvalidArgumentException e) {
            return Evidence.AGAINST;
        }
    }

    /** As Kinesis has them now; to be asked after the leases were read. */
    private Map<String, Shard> shards(SourceStream stream) {
        return ShardLists.of(kinesis, stream.identity()).listShards().stream()
                .collect(Collectors.toMap(Shard::shardId, Function.identity()));
    }
}
