package io.millrace.consumer.lease;

import java.time.Duration;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig.GracefulLeaseHandoffConfig;

/**
 * KCL's times, so that a shard without a worker has one again soon. With KCL's defaults a fresh application reads its
 * first record after 87 s, and the shards of a killed sole worker after 132 s; measured with two shards.
 */
public final class KclTuning {

    /** How often the scheduler looks after its shards' states. */
    private static final Duration DISPATCH = Duration.ofMillis(250);

    /** How often a shard whose parents are not finished looks again; each look is one read of the lease table. */
    private static final Duration PARENT_POLL = Duration.ofSeconds(2);

    private static final Duration INITIALIZATION_BACKOFF = Duration.ofSeconds(1);
    private static final Duration SHARD_SYNC_PAUSE = Duration.ofSeconds(1);
    private static final Duration DYNAMO_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LIST_SHARDS_BACKOFF = Duration.ofMillis(500);

    /** Leases are renewed and discovered by as many threads at once. */
    private static final int LEASE_THREADS = 4;

    /** Fractions of the fail-over time. */
    private static final int ASSIGNMENTS_PER_FAILOVER = 5;

    /** A new leader watches a lease for the whole fail-over time before it believes its owner dead: be leader soon. */
    private static final int LEADER_LEASES_PER_FAILOVER = 3;

    private static final int HEARTBEATS_PER_LEADER_LEASE = 3;

    private KclTuning() {}

    /** Start-up and the scheduler's own loop. */
    public static CoordinatorConfig apply(CoordinatorConfig coordinator) {
        return coordinator
                // LeaseSync has made the leases.
                .skipShardSyncAtWorkerInitializationIfLeasesExist(true)
                .schedulerInitializationBackoffTimeMillis(INITIALIZATION_BACKOFF.toMillis())
                .shardConsumerDispatchPollIntervalMillis(DISPATCH.toMillis())
                .parentShardPollIntervalMillis(PARENT_POLL.toMillis());
    }

    /**
     * Leases: who holds them, and how soon others notice that nobody does.
     *
     * @param failover how long a worker may be silent
     * @param handoff how long a worker that is asked for a shard has to commit what it holds of it
     */
    public static LeaseManagementConfig apply(LeaseManagementConfig leases, Duration failover, Duration handoff) {
        Duration leaderLease = failover.dividedBy(LEADER_LEASES_PER_FAILOVER);
        long assignment = failover.dividedBy(ASSIGNMENTS_PER_FAILOVER).toMillis();
        leases.workerUtilizationAwareAssignmentConfig()
                // A worker counts as alive for twice this time after its last report, and is given leases meanwhile.
                .workerMetricsReporterFreqInMillis(assignment)
                // Looking for the machine's CPU figures asks cloud services that are not everywhere; we count leases.
                .disableWorkerMetrics(true);
        return leases.failoverTimeMillis(failover.toMillis())
                // A new owner that reads an older checkpoint, without the pending commit, writes the batch anew.
                .consistentReads(true)
                .leaseAssignmentIntervalMillis(assignment)
                .leaseAssignmentStrategy(LeaseAssignmentStrategy.LEASE_COUNT_BASED)
                .dynamoDbLockBasedLeaderLeaseDurationInMillis(leaderLease.toMillis())
                .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(
                        leaderLease.dividedBy(HEARTBEATS_PER_LEADER_LEASE).toMillis())
                .gracefulLeaseHandoffConfig(GracefulLeaseHandoffConfig.builder()
                        .isGracefulLeaseHandoffEnabled(true)
                        .gracefulLeaseHandoffTimeoutMillis(handoff.toMillis())
                        .build())
                .shardSyncIntervalMillis(SHARD_SYNC_PAUSE.toMillis())
                .listShardsBackoffTimeInMillis(LIST_SHARDS_BACKOFF.toMillis())
                .dynamoDbRequestTimeout(DYNAMO_TIMEOUT)
                .maxLeaseRenewalThreads(LEASE_THREADS);
    }
}
