package io.millrace.pipeline.shard;

/** The process is dead: nothing it does after this has any effect. */
final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("crash", null, false, false);
    }
}
