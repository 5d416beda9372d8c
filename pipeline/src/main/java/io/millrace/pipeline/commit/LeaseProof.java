package io.millrace.pipeline.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When a batch's lease was last known to be this worker's: its prepare is a conditional write that fails without the
 * lease, and the same prepare again changes nothing.
 *
 * <p>Each put asks for it first. A worker that was frozen in the middle of an upload wakes up when another has finished the
 * batch, and its objects may have been merged or deleted since: then If-None-Match finds nothing, and the events would be
 * written again. So of a late worker at most those objects are put that it had begun to put before. Thread-safe; all
 * threads that put the batch's objects share one.
 */
final class LeaseProof {

    /** Of a worker's pause no more than this goes unnoticed; a batch that is put within it costs no call. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** An answer that took longer may be as old as the worker's pause; leases last longer than this. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

    /** Prepares the batch's commit. */
    interface Prepare {
        PreparedCheckpoint prepare() throws LeaseLostException, CheckpointUnavailableException;
    }

    private final Prepare prepare;
    private final InstantSource clock;
    private Instant asked = Instant.MIN;

    /** @param clock of the wall, which goes on while the process or its machine stands still */
    LeaseProof(Prepare prepare, InstantSource clock) {
        this.prepare = prepare;
        this.clock = clock;
    }

    /** Prepares. What is known counts from before the call, for the process may stand still until it has the answer. */
    synchronized PreparedCheckpoint prepare() throws LeaseLostException, CheckpointUnavailableException {
        Instant now = clock.instant();
        PreparedCheckpoint prepared = prepare.prepare();
        asked = now;
        return prepared;
    }

    /**
     * Prepares again, where it has not been done just now.
     *
     * @throws CheckpointUnavailableException where nobody knows who has the lease: nothing may be put
     */
    synchronized void renew() throws LeaseLostException, CheckpointUnavailableException {
        Instant now = clock.instant();
        boolean isFresh = !now.isBefore(asked) && now.isBefore(asked.plus(FRESH));
        if (isFresh) {
            return;
        }
        try {
            prepare();
        } catch (CheckpointUnavailableException | RuntimeException e) {
            String message = "whether the lease is still held is not known: " + e.getMessage();
            throw new CheckpointUnavailableException(message, e.getCause() == null ? e : e.getCause());
        }
        if (clock.instant().isAfter(now.plus(LONGEST_ANSWER))) {
            throw new CheckpointUnavailableException(
                    "whether the lease is still held is not known: the answer took too long", null);
        }
    }
}
