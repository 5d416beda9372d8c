package io.millrace.consumer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

/**
 * One run of the simulation.
 *
 * @param settings of each process in turn; the last one's are kept
 */
record Scenario(List<TestRecord> records, List<Fault> faults, List<PipelineSettings> settings, long seed) {

    /** Runs processes one after another, and within one another where a lease is stolen, until the shard has ended. */
    World run() {
        World world = new World(records, faults);
        world.stealer = () -> startWorker(world);
        for (int i = 0; i < 100 && !world.shardEnded; i++) {
            startWorker(world);
        }
        assertEquals(List.of(), world.violations, () -> "effects: " + world.effects);
        assertTrue(world.shardEnded, "the shard did not end");
        Lake lake = world.lake;
        if (!records.isEmpty()) {
            lake.assertHolds(
                    records, Optional.empty(), records.get(records.size() - 1).position());
        }
        long expected = records.stream()
                .mapToLong(r -> r.lines().size() + r.deadLetters())
                .sum();
        assertEquals(expected, lake.size(), "pieces in the lake");
        return world;
    }

    private void startWorker(World world) {
        PipelineSettings own = settings.get(Math.min(world.owner, settings.size() - 1));
        new SimulatedWorker(world, own, seed + world.owner).run(!world.faults.isEmpty());
    }
}
