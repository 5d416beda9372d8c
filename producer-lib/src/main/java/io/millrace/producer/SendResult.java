package io.millrace.producer;

/**
 * Where an event went.
 *
 * @param shardId the shard that holds it; empty unless delivered
 * @param sequenceNumber the sequence number of the record that carries it, which events that share a record share; empty
 *     unless delivered
 * @param attempts how many requests it took: 1 where the first was answered well, 0 where none was made
 * @param whereabouts where the event is now
 */
public record SendResult(String shardId, String sequenceNumber, int attempts, Whereabouts whereabouts) {

    /** Where an event is once its future is complete. */
    public enum Whereabouts {
        /** In the stream. */
        STREAM,
        /** In this host's spill file, to be sent when Kinesis is back; {@link Totals} tells what becomes of it. */
        SPILL_FILE,
        /** Nowhere: the producer is disabled. */
        DROPPED
    }
}
