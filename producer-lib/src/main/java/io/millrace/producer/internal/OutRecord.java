package io.millrace.producer.internal;

import java.util.List;
import java.util.Optional;

/**
 * A Kinesis record on its way, and the events that it carries.
 *
 * @param slot the queue that the events came from
 * @param partitionKey the record's own partition key
 * @param explicitHashKey sends the record to a shard whatever its partition key
 * @param data the bytes
 * @param size bytes that count against Kinesis's limits
 * @param events in the order in which they lie in the record
 * @param predicted the shard that is expected to take it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
record OutRecord(
        Slot slot,
        String partitionKey,
        Optional<HashKey> explicitHashKey,
        byte[] data,
        int size,
        List<Event> events,
        Optional<ShardRange> predicted) {

    /** Whether events of several partition keys may be in it, which each belong to the shard of their own key. */
    boolean mixed() {
        return explicitHashKey.isPresent();
    }
}
