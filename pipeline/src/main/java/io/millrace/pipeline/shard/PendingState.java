package io.millrace.pipeline.shard;

import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.record.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The application state of a pending checkpoint, as it stands in the lease ({@code pendingCheckpointState}): the batch's
 * last position, a space, and the {@link CommitPlan}.
 *
 * <p>The position stands here again because KCL replaces that of a shard's very last record by {@code SHARD_END}.
 */
public final class PendingState {

    private PendingState() {}

    public static byte[] encode(Position last, CommitPlan plan) {
        byte[] position = (last + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] encodedPlan = plan.encode();
        byte[] state = Arrays.copyOf(position, position.length + encodedPlan.length);
        System.arraycopy(encodedPlan, 0, state, position.length, encodedPlan.length);
        return state;
    }

    /**
     * Reads it.
     *
     * @param state null where the lease has a pending checkpoint without one
     * @param bucket the configured one, which a plan that names none is taken to mean
     * @throws IllegalArgumentException where the state is another application's or another version's
     */
    public static PendingCommit decode(byte[] state, String bucket) {
        int space = 0;
        while (state != null && space < state.length && state[space] != ' ') {
            space++;
        }
        if (state == null || space == state.length) {
            throw new IllegalArgumentException(
                    "the lease's pending checkpoint was not made by this program: is its table another application's?");
        }
        return new PendingCommit(
                Position.parse(new String(state, 0, space, StandardCharsets.US_ASCII)),
                CommitPlan.decode(Arrays.copyOfRange(state, space + 1, state.length), bucket));
    }
}
