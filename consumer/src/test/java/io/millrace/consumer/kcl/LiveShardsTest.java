package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.shard.PipelineRig;
import io.millrace.pipeline.shard.ShardPipeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever KCL says, and when: what is listed are the shards that this worker holds. */
class LiveShardsTest {

    private final LiveShards live = new LiveShards();
    private final PipelineRig rig = new PipelineRig();

    @Test
    void aLeaseThatACommitFoundLostIsListedNoMore() {
        ShardPipeline pipeline = started();
        assertEquals(List.of(State.RUNNING), states());
        rig.onPrepare = () -> {
            throw new LeaseLostException("another worker holds the lease", null);
        };
        pipeline.accept(PipelineRig.read(PipelineRig.record(1, "{}")), 0, rig);
        assertEquals(State.LEASE_LOST, pipeline.status().state());
        assertEquals(Optional.empty(), pipeline.status().pending());
        assertEquals(List.of(), states());
    }

    @Test
    void aStoppedShardToWhichRecordsGoOnComingIsListed() {
        ShardPipeline pipeline = started();
        pipeline.leaseLost();
        pipeline.accept(PipelineRig.read(PipelineRig.record(1, "{}")), 0, rig);
        rig.clock.move(Duration.ofSeconds(90));
        pipeline.accept(LinkedRecords.NONE, 0, rig);
        rig.clock.move(Duration.ofSeconds(90));
        assertEquals(List.of(State.LEASE_LOST), states());
        assertEquals(Optional.of(Duration.ofSeconds(90)), live.statuses().get(0).refusing());
        live.remove(PipelineRig.SHARD, pipeline);
        assertEquals(List.of(), states(), "KCL has said so now");
    }

    @Test
    void aLeaseThatWasTakenAgainIsListedWhenTheEarlierOneEnds() {
        ShardPipeline earlier = started();
        ShardPipeline later = started();
        earlier.leaseLost();
        live.remove(PipelineRig.SHARD, earlier);
        assertEquals(List.of(State.RUNNING), states());
        live.remove(PipelineRig.SHARD, later);
        assertEquals(List.of(), states());
    }

    private ShardPipeline started() {
        ShardPipeline pipeline = rig.pipeline(PipelineRig.settings(1));
        pipeline.start(Optional.empty(), Optional.empty());
        live.add(PipelineRig.SHARD, pipeline);
        return pipeline;
    }

    private List<State> states() {
        return live.statuses().stream().map(ShardStatus::state).toList();
    }
}
