package io.millrace.dashboard.lake.index;

import java.time.Instant;
import java.util.List;

/**
 * How a bucket's objects spread over services, days and hours.
 *
 * @param atLeast whether there is more than was counted (yet)
 * @param firstHour the earliest hour of the whole bucket, whatever the range; null where there is none
 * @param partitions newest first; at most as many as asked for
 * @param omitted how many more there are in the range
 * @param other objects outside the layout of service and hour, dead letters apart
 */
public record PartitionReport(
        String bucket,
        boolean atLeast,
        Instant firstHour,
        Instant lastHour,
        List<ServiceTotal> services,
        List<Partition> partitions,
        int omitted,
        long other) {

    /** One service in the range; {@code smallShare} is from 0 to 1. */
    public record ServiceTotal(String service, int hours, long objects, long bytes, double smallShare) {}

    /**
     * One service's hour.
     *
     * @param small objects below the size that counts as small
     * @param events in those of its objects that were read so far, which are {@code eventsOf}; null where none was
     */
    public record Partition(
            String service,
            Instant hour,
            String prefix,
            long objects,
            long bytes,
            long small,
            Long events,
            int eventsOf) {}
}
