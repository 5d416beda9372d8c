package io.millrace.pipeline.commit;

import io.millrace.pipeline.record.Position;

/**
 * What a prepared commit stores beside its last position: enough to write the same objects again.
 *
 * <p>Persisted in the lease as UTF-8 JSON of about 180 bytes (the lease item is limited to 400 KB, so no list of objects):
 * {@code {"v":2,"first":"4959…:0","records":812,"bucket":"lake","layout":2,"compression":"none","service":"service",
 * "timestamp":"timestamp","dedupe":"event_id"}}, {@code dedupe} only where set. Plans of {@code "v":1} lack the bucket.
 *
 * @param first the batch's first position, part of every object's name
 * @param records how many records the batch holds, to tell how many were lost where Kinesis has trimmed some since
 * @param bucket where all of the batch's objects go: some may be there already, and the rest must not go elsewhere
 */
public record CommitPlan(Position first, long records, String bucket, Layout layout) {

    public byte[] encode() {
        return CommitPlanCodec.encode(this);
    }

    /**
     * Reads what {@link #encode} wrote, in this version or an earlier one.
     *
     * @param bucket the configured one, which a plan of {@code "v":1} is taken to mean
     * @throws IllegalArgumentException where the state was written by something else or by a newer version, in one line
     *     for people: the shard cannot be read exactly once by this version
     */
    public static CommitPlan decode(byte[] state, String bucket) {
        return CommitPlanCodec.decode(state, bucket);
    }
}
