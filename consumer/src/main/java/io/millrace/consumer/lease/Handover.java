package io.millrace.consumer.lease;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
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
     * @throws IllegalStateException where leases changed meanwhile; all of it can be tried again
     */
    public void takeOver(List<SourceStream> streams, WorkerName owner) throws RefusedException {
        // First what is there, then what is to come: a lease that another worker moves in between is seen once at most.
        Map<String, LeaseItem> present = table.items().collect(Collectors.toMap(LeaseItem::key, Function.identity()));
        streams.forEach(stream -> guard(stream.identity().serialize(), present));
        Set<String> identities =
                streams.stream().map(stream -> stream.identity().serialize()).collect(Collectors.toSet());
        Set<String> taken = move(unmoved(streams, identities, present), present, owner);
        present.values().stream()
                .filter(there -> LeftBehind.is(there) && !LeftBehind.isGuard(there) && !taken.contains(there.key()))
                .filter(there -> there.stream().filter(identities::contains).isPresent())
                .forEach(this::forget);
    }

    /** What is to be moved, and to which stream. Leases of other streams wait until these are read again. */
    private List<Unmoved> unmoved(List<SourceStream> streams, Set<String> identities, Map<String, LeaseItem> present)
            throws RefusedException {
        List<LeaseItem> leases = former.unmoved();
        List<LeaseItem> nameless =
                leases.stream().filter(lease -> lease.stream().isEmpty()).toList();
        List<Unmoved> unmoved = new ArrayList<>();
        for (LeaseItem lease : leases) {
            lease.stream().filter(identities::contains).ifPresent(stream -> unmoved.add(new Unmoved(lease, stream)));
        }
        if (!nameless.isEmpty()) {
            Set<String> inForce = streamsOf(present, lease -> true);
            String stream = streamOf(nameless, streams, inForce).identity().serialize();
            nameless.forEach(lease -> unmoved.add(new Unmoved(lease, stream)));
        }
        return unmoved;
    }

    private static Set<String> streamsOf(Map<String, LeaseItem> present, Predicate<LeaseItem> which) {
        return present.values().stream()
                .filter(lease -> !LeftBehind.is(lease))
                .filter(which)
                .flatMap(lease -> lease.stream().stream())
                .collect(Collectors.toSet());
    }

    /** A lease of an earlier version, and KCL's identity of its stream. */
    private record Unmoved(LeaseItem lease, String stream) {

        String key() {
            return MultiStreamLease.getLeaseKey(stream, lease.shard());
        }

        /**
         * The order in which leases go. Those not begun are first: once one that has begun is there, none of them is moved
         * any more. Those that prove which stream they are of are last: another worker that sees the rest can still tell.
         */
        int turn() {
            return !lease.hasBegun() ? 0 : lease.sequenceNumber().isEmpty() ? 1 : 2;
        }
    }

    private void guard(String identity, Map<String, LeaseItem> present) {
        if (present.containsKey(LeftBehind.guardKey(identity))) {
            former.guardAgain(identity);
        } else {
            former.guard(identity);
        }
    }

    /** Moves all that have not changed since, and returns the keys that they have now. */
    private Set<String> move(List<Unmoved> unmoved, Map<String, LeaseItem> present, WorkerName owner)
            throws RefusedException {
        Set<String> begun = streamsOf(present, LeaseItem::hasBegun);
        Set<String> taken = new HashSet<>();
        Map<Integer, List<Unmoved>> turns =
                unmoved.stream().collect(Collectors.groupingBy(Unmoved::turn, TreeMap::new, Collectors.toList()));
        for (List<Unmoved> turn : turns.values()) {
            List<String> changed = new ArrayList<>();
            for (Unmoved one : turn) {
                if (!one.lease().hasBegun() && begun.contains(one.stream())) {
                    // The stream has been read since. Its shard may have ended, and KCL has deleted the lease: then it
                    // would be read anew. If it lacks a lease, LeaseSync makes one.
                    asSeen(one, changed, () -> former.retire(one.lease()));
                } else {
                    taken.add(one.key());
                    asSeen(one, changed, () -> move(one, Optional.ofNullable(present.get(one.key())), owner));
                }
            }
            if (!changed.isEmpty()) { // the others have moved, so the next try has fewer
                throw new IllegalStateException("leases have just changed: " + changed);
            }
        }
        return taken;
    }

    private void move(Unmoved one, Optional<LeaseItem> there, WorkerName owner) throws RefusedException {
        LeaseItem lease = one.lease();
        String stream = one.stream();
        boolean isRead = there.filter(other -> !LeftBehind.is(other) && (other.hasBegun() || !lease.hasBegun()))
                .isPresent();
        if (!isRead) {
            former.move(lease, lease.renamed(stream, lease.shard(), owner.owner()), there);
            log.info(
                    "Took the lease of {} of stream {} over from an earlier version, at {}{}",
                    lease.shard(),
                    stream,
                    lease.checkpoint(),
                    lease.hasPending() ? ", with a pending commit" : "");
            return;
        }
        LeaseItem lives = there.get();
        if (isAhead(lease, lives)) {
            throw new RefusedException("the lease of " + lease.shard() + " stands in the table " + former.name()
                    + " at " + lease.checkpoint() + " and in the table " + table.name() + " at " + lives.checkpoint()
                    + ", so two versions have read stream " + stream
                    + " side by side: delete the lease that is behind (docs/operations.md, Upgrade), then start again");
        }
        former.retire(lease);
    }

    /** After a roll-back and back: the earlier version has read this shard to its end and forgotten it. */
    private void forget(LeaseItem left) {
        if (!former.forgetInSuccessor(left)) {
            throw new IllegalStateException("the lease of " + left.shard() + " has just changed");
        }
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

    private interface Move {
        void run() throws RefusedException;
    }

    /** Notes the lease where it has changed since it was read. */
    private static void asSeen(Unmoved one, List<String> changed, Move move) throws RefusedException {
        try {
            move.run();
        } catch (TransactionCanceledException | TransactionConflictException e) {
            changed.add(one.lease().shard());
        }
    }

    /** Leases that name no stream are all of the one that the application read. */
    private SourceStream streamOf(List<LeaseItem> nameless, List<SourceStream> streams, Set<String> inForce)
            throws RefusedException {
        Map<SourceStream, Evidence> evidence = new LinkedHashMap<>();
        for (SourceStream stream : streams) {
            evidence.put(
                    stream,
                    evidence(
                            nameless, stream, inForce.contains(stream.identity().serialize())));
        }
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
                        ? "their positions are not of " + names + ", or cannot be told to be: start once with"
                                + " STREAM_NAME set to the stream that was read; if it was deleted and made again, or is"
                                + " to be read anew, take another APPLICATION_NAME"
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

    /** @param isRead whether the stream has leases already, so that these may be the rest of those */
    private Evidence evidence(List<LeaseItem> leases, SourceStream stream, boolean isRead) {
        Map<String, Shard> shards = shards(stream);
        Set<Evidence> found = EnumSet.noneOf(Evidence.class);
        for (LeaseItem lease : leases) {
            Shard shard = shards.get(lease.shard());
            if (shard != null) { // else it has gone with its retention, or is another stream's
                found.add(evidence(lease, shard, stream));
            }
        }
        if (found.contains(Evidence.AGAINST)) {
            return Evidence.AGAINST;
        }
        if (found.contains(Evidence.FOR)) {
            return Evidence.FOR;
        }
        // A pending commit would be finished with this stream's records: that it may be this one is not enough.
        boolean isUnlikely = found.isEmpty() || leases.stream().anyMatch(LeaseItem::hasPending);
        return isUnlikely && !isRead ? Evidence.AGAINST : Evidence.NONE;
    }

    private Evidence evidence(LeaseItem lease, Shard shard, SourceStream stream) {
        if (lease.isAtShardEnd()) { // its shard was listed later, so it cannot have ended in between
            boolean isOpen = shard.sequenceNumberRange().endingSequenceNumber() == null;
            return isOpen ? Evidence.AGAINST : Evidence.NONE;
        }
        Optional<String> sequenceNumber = lease.sequenceNumber();
        if (sequenceNumber.isEmpty()) {
            return Evidence.NONE;
        }
        try {
            Streams.join(kinesis.getShardIterator(get -> get.streamName(stream.name())
                    .shardId(lease.shard())
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(sequenceNumber.get())));
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
