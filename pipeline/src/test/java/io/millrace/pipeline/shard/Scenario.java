package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

/**
 * One run of the simulation.
 *
 * @param start the first record that the application was asked to read; its processes may all begin a little earlier
 * @param setups of each process in turn; the last one's are kept
 */
record Scenario(List<TestRecord> records, int start, List<Fault> faults, List<Setup> setups, long seed) {

    /** Runs processes one after another, and within one another where a lease is stolen, until the shard has ended. */
    World run() {
        World world = new World(records, start, Math.max(0, start - (int) Math.floorMod(seed, 3L)), faults);
        world.stealer = () -> startWorker(world);
        for (int i = 0; i < 100 && !world.shardEnded; i++) {
            startWorker(world);
        }
        assertEquals(List.of(), world.violations, () -> "effects: " + world.effects);
        assertTrue(world.shardEnded, "the shard did not end");
        if (!records.isEmpty()) {
            world.assertHolds(Optional.empty(), records.get(records.size() - 1).position());
            world.assertHoldsNothingElse();
        }
        return world;
    }

    private void startWorker(World world) {
        Setup own = setups.get(Math.min(world.owner, setups.size() - 1));
        new SimulatedWorker(world, own, seed + world.owner).run(!world.faults.isEmpty());
    }
}
