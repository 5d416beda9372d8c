package io.millrace.pipeline.shard;

/**
 * What goes wrong, and when.
 *
 * @param gap how many effects (prepare, put, checkpoint) go well before it
 */
record Fault(int gap, Kind kind) {

    enum Kind {
        /** The process dies just before the effect, or just after. */
        CRASH_BEFORE,
        CRASH_AFTER,
        /** Another worker takes the lease and does all its work; then the first one, a zombie by now, goes on. */
        STEAL_BEFORE,
        STEAL_AFTER,
        /** The call fails, without its effect, or with it (the answer is lost). */
        FAIL_BEFORE,
        FAIL_AFTER,
        /**
         * The process stands still for longer than its lease lasts. Another does all its work, and what is committed is merged
         * into other objects; then the first one goes on.
         */
        FREEZE
    }
}
