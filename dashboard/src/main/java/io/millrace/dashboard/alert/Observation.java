package io.millrace.dashboard.alert;

import io.millrace.dashboard.consumer.ConsumerView;
import io.millrace.dashboard.stream.Lease;
import io.millrace.lake.partition.HivePath.ServiceHour;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the rules look at, at one moment.
 *
 * @param leases by {@code stream/shard}; none where they cannot be read
 * @param deadLetters objects with dead letters, by bucket
 * @param smallFiles hours with many small objects, by bucket
 */
public record Observation(
        Instant time,
        ConsumerView consumers,
        Map<String, Lease> leases,
        Map<String, Long> deadLetters,
        Map<String, List<SmallFiles>> smallFiles) {

    /** An hour of a service with more small objects than there should be. */
    public record SmallFiles(ServiceHour hour, long small, long objects, long bytes) {}
}
