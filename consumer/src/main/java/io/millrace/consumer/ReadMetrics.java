package io.millrace.consumer;

import io.millrace.consumer.kcl.ReadListener;
import io.millrace.consumer.status.ConsumerMetrics;
import io.millrace.pipeline.record.ShardRef;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Counts and logs what reading Kinesis meets. Thread-safe. */
final class ReadMetrics implements ReadListener {

    private static final Logger log = LoggerFactory.getLogger("io.millrace.consumer");

    private final ConsumerMetrics metrics;
    private final ConcurrentMap<ShardRef, Integer> failuresInARow = new ConcurrentHashMap<>();

    ReadMetrics(ConsumerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void readSucceeded(ShardRef shard) {
        if (failuresInARow.remove(shard) != null) {
            log.info("Reading shard {} again", shard);
        }
    }

    @Override
    public void readFailed(ShardRef shard, RuntimeException failure) {
        int failures = failuresInARow.merge(shard, 1, Integer::sum);
        metrics.readFailed(shard, cause(failure));
        // The failures 1, 2, 4, 8 and so on are told: an outage of an hour is not to fill the log.
        if (Integer.bitCount(failures) == 1) {
            log.warn("Reading shard {} failed ({} in a row): {}; trying again", shard, failures, failure.getMessage());
        }
    }

    @Override
    public void iteratorExpired(ShardRef shard) {
        metrics.iteratorExpired(shard);
        log.warn("The iterator of shard {} has expired or is not valid: asking for a new one", shard);
    }

    private static String cause(RuntimeException failure) {
        return failure instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                ? aws.awsErrorDetails().errorCode()
                : failure.getClass().getSimpleName();
    }
}
