package io.millrace.consumer.kcl;

import io.millrace.pipeline.commit.CheckpointUnavailableException;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PreparedCheckpoint;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.shard.PendingState;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/** KCL's checkpointer of one lease, in the commit's words. Thread-safe, as KCL's is. */
final class KclCheckpoints implements Checkpoints {

    private final RecordProcessorCheckpointer checkpointer;

    KclCheckpoints(RecordProcessorCheckpointer checkpointer) {
        this.checkpointer = checkpointer;
    }

    @Override
    public PreparedCheckpoint prepare(Position last, CommitPlan plan)
            throws LeaseLostException, CheckpointUnavailableException {
        byte[] state = PendingState.encode(last, plan);
        var prepared =
                answer(() -> checkpointer.prepareCheckpoint(last.sequenceNumber(), last.subSequenceNumber(), state));
        return () -> answer(() -> {
            prepared.checkpoint();
            return null;
        });
    }

    @Override
    public void shardEnd() throws LeaseLostException, CheckpointUnavailableException {
        answer(() -> {
            checkpointer.checkpoint();
            return null;
        });
    }

    private static <T> T answer(KclCall<T> call) throws LeaseLostException, CheckpointUnavailableException {
        try {
            return call.run();
        } catch (ShutdownException e) {
            throw new LeaseLostException("another worker holds the lease", e);
        } catch (ThrottlingException e) {
            throw new CheckpointUnavailableException("DynamoDB throttles the lease table", e);
        } catch (KinesisClientLibDependencyException e) {
            throw new CheckpointUnavailableException("DynamoDB does not answer", e);
        } catch (InvalidStateException e) {
            throw new CheckpointUnavailableException("the lease table cannot be used", e);
        }
    }

    @FunctionalInterface
    private interface KclCall<T> {
        T run()
                throws ShutdownException, ThrottlingException, KinesisClientLibDependencyException,
                        InvalidStateException;
    }
}
