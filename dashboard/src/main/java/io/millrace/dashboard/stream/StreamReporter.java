package io.millrace.dashboard.stream;

import io.millrace.aws.AwsErrors;
import io.millrace.dashboard.consumer.ConsumerReport;
import io.millrace.dashboard.consumer.ConsumerStatus.Shard;
import io.millrace.dashboard.consumer.ConsumerView;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.stream.StreamReport.ShardReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/** Joins what Kinesis, the lease table and the consumers tell of a stream's shards. Thread-safe. */
public final class StreamReporter {

    private final ShardCatalog shards;
    private final LeaseTable leases;
    private final Consumers consumers;
    private final String leaseTableName;
    private final String defaultStream;
    private final InstantSource clock;

    /** @param defaultStream the stream of leases that name none, where the consumers do not tell which it is */
    public StreamReporter(
            ShardCatalog shards,
            LeaseTable leases,
            Consumers consumers,
            String leaseTableName,
            String defaultStream,
            InstantSource clock) {
        this.shards = shards;
        this.leases = leases;
        this.consumers = consumers;
        this.leaseTableName = leaseTableName;
        this.defaultStream = defaultStream;
        this.clock = clock;
    }

    /** The shards come from Kinesis or not at all; where leases or consumers are away, the rest is still told. */
    public StreamReport report(String stream) {
        List<ShardInfo> found = shards.list(stream);
        List<String> problems = new ArrayList<>();
        ConsumerView view = consumers.view();
        view.consumers().stream()
                .filter(consumer -> !consumer.error().isEmpty())
                .map(StreamReporter::problem)
                .forEach(problems::add);
        Map<String, Lease> byShard = new HashMap<>();
        try {
            byShard.putAll(leases(stream, view));
        } catch (SdkException e) {
            problems.add("leases of " + leaseTableName + ": " + AwsErrors.message(e));
        }
        Map<String, Shard> consumed = view.shards(stream);
        Map<String, Long> workers = new TreeMap<>();
        byShard.values().stream()
                .map(Lease::owner)
                .filter(owner -> !owner.isEmpty())
                .forEach(owner -> workers.merge(owner, 1L, Long::sum));
        List<ShardReport> reports = found.stream()
                .map(shard -> report(shard, byShard.get(shard.shardId()), consumed.get(shard.shardId())))
                .toList();
        return new StreamReport(stream, clock.instant(), leaseTableName, reports, workers, problems);
    }

    /** The stream's leases by shard. */
    public Map<String, Lease> leases(String stream, ConsumerView view) {
        String single = view.streams().size() == 1 ? view.streams().get(0) : defaultStream;
        Map<String, Lease> byShard = new HashMap<>();
        for (Lease lease : leases.list()) {
            if (stream.equals(lease.stream().isEmpty() ? single : lease.stream())) {
                byShard.put(lease.shardId(), lease);
            }
        }
        return byShard;
    }

    private static String problem(ConsumerReport consumer) {
        return "consumer " + consumer.url() + ": " + consumer.error();
    }

    private static ShardReport report(ShardInfo shard, Lease lease, Shard consumed) {
        boolean leased = lease != null;
        boolean live = consumed != null;
        return new ShardReport(
                shard.shardId(),
                shard.startingHashKey(),
                shard.endingHashKey(),
                shard.parents(),
                shard.closed(),
                leased && !lease.owner().isEmpty() ? lease.owner() : null,
                leased ? lease.checkpoint() : null,
                leased ? lease.checkpointSubSequence() : null,
                leased && !lease.pendingCheckpoint().isEmpty() ? lease.pendingCheckpoint() : null,
                leased && !lease.pendingState().isEmpty() ? lease.pendingState() : null,
                leased ? lease.ownerSwitches() : null,
                live ? consumed.state() : null,
                live ? consumed.millisBehindLatest() : null,
                live ? consumed.freshnessMillis() : null,
                live ? consumed.openRecords() : null,
                live ? consumed.heldBytes() : null,
                live ? consumed.retryingMillis() : null);
    }
}
