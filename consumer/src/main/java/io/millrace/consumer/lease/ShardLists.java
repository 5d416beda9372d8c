package io.millrace.consumer.lease;

import java.time.Duration;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdCache;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdOnboardingState;
import software.amazon.kinesis.leases.KinesisShardDetector;
import software.amazon.kinesis.leases.ShardDetector;

/** KCL's own list of a stream's shards, for use before KCL's scheduler starts. */
final class ShardLists {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long BACKOFF_MILLIS = 500;
    private static final int ATTEMPTS = 3;

    private ShardLists() {}

    static ShardDetector of(KinesisAsyncClient kinesis, StreamIdentifier stream) {
        // The list asks this static; the scheduler, which would set it, starts later and leaves it as it is.
        StreamIdCache.initialize(null, StreamIdOnboardingState.NOT_ONBOARDED);
        return new KinesisShardDetector(kinesis, stream, BACKOFF_MILLIS, ATTEMPTS, 0, 0, 1, REQUEST_TIMEOUT);
    }
}
