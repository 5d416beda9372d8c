package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.shard.PipelineRig;
import io.millrace.pipeline.shard.ShardPipeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A shard whose records are 1, 2, 3 and so on, read into a pipeline by something that may lose reads. */
abstract class LinkedReads {

    /** What befalls a read. */
    enum Step {
        ARRIVES,
        IS_EMPTY,
        /** KCL passes over it. */
        IS_SKIPPED,
        /** KCL reads on from the read that came last, or that it passed over last. */
        RESTARTS,
        /** KCL has to look for its place, or subscribe, anew, and says nothing of where. */
        BEGINS_ANEW
    }

    private final PipelineRig rig = new PipelineRig();
    private final ShardPipeline pipeline = rig.pipeline(PipelineRig.settings(3));
    private final long checkpoint;

    /** @param checkpoint 0 where there is none */
    LinkedReads(long checkpoint) {
        this.checkpoint = checkpoint;
        Optional<Position> place = Optional.of(new Position(Long.toString(checkpoint), 0));
        pipeline.start(place.filter(p -> checkpoint > 0), Optional.empty());
    }

    /** As the lease holds it. */
    final String checkpoint() {
        return checkpoint == 0 ? "TRIM_HORIZON" : Long.toString(checkpoint);
    }

    abstract void step(Step step, int records);

    final void comes(WholeRead read) {
        pipeline.accept(WholeRead.unwrap(List.of(read)), 0, rig);
    }

    /** Holds that nothing is in the lake behind a gap, and that nothing but a skipped read stops the shard. */
    final void run(List<Step> steps, int records) {
        steps.forEach(step -> step(step, records));
        boolean skipped = steps.contains(Step.IS_SKIPPED);
        assertTrue(skipped || pipeline.status().state() == State.RUNNING, () -> rig.events.toString());
        pipeline.drain(rig, Duration.ofSeconds(1));
        List<Long> lake = rig.bucket.values().stream()
                .flatMap(String::lines)
                .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .sorted()
                .toList();
        List<Long> whole = LongStream.rangeClosed(checkpoint + 1, checkpoint + lake.size())
                .boxed()
                .collect(Collectors.toList());
        assertEquals(whole, lake);
    }
}
