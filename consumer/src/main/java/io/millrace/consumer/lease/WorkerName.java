package io.millrace.consumer.lease;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * This process's name in the lease table: {@code WORKER_ID/<incarnation>}, such as {@code pod-0/5f0c9a1e42d7b386}.
 *
 * <p>The incarnation is drawn anew at each start, because KCL tells owners apart by their name alone: when the renewal of
 * a lease fails, it takes a counter that was raised by "me" for its own renewal whose answer was lost. If two processes
 * had one name, both would hold the lease, and each would commit its own batches. WORKER_ID stays the same across
 * restarts, and so tells a process which leases its earlier incarnations held.
 *
 * @param workerId the setting WORKER_ID; not unique
 * @param owner what stands in a lease as its owner; unique
 */
public record WorkerName(String workerId, String owner) {

    private static final char SEPARATOR = '/';
    private static final int INCARNATION_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A name for a process that starts now. */
    public static WorkerName incarnationOf(String workerId) {
        byte[] incarnation = new byte[INCARNATION_BYTES];
        RANDOM.nextBytes(incarnation);
        return new WorkerName(workerId, workerId + SEPARATOR + HexFormat.of().formatHex(incarnation));
    }

    /**
     * Whether an owner is another process with the same WORKER_ID: an earlier one, or one that runs beside this one.
     * Versions that had no incarnations wrote WORKER_ID alone.
     */
    boolean isNamesake(String owner) {
        return !owner.equals(this.owner) && workerIdOf(owner).equals(workerId);
    }

    /** The WORKER_ID of a lease's owner. */
    static String workerIdOf(String owner) {
        int at = owner.length() - INCARNATION_BYTES * 2 - 1;
        boolean hasIncarnation = at > 0
                && owner.charAt(at) == SEPARATOR
                && owner.substring(at + 1).chars().allMatch(HexFormat::isHexDigit);
        return hasIncarnation ? owner.substring(0, at) : owner;
    }
}
