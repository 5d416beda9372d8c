package io.millrace.consumer.lease;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.processor.FormerStreamsLeasesDeletionStrategy;
import software.amazon.kinesis.processor.FormerStreamsLeasesDeletionStrategy.AutoDetectionAndDeferredDeletionStrategy;
import software.amazon.kinesis.processor.MultiStreamTracker;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.processor.StreamTracker;

/** The streams to read, in KCL's form. */
public final class SourceStreams {

    /** A stream taken out of STREAMS keeps its leases for a while: a worker not yet restarted may still read it. */
    private static final Duration FORMER_STREAMS_KEPT = Duration.ofHours(1);

    private SourceStreams() {}

    /** The only stream of an application. */
    public static StreamTracker single(SourceStream stream, InitialPositionInStreamExtended initialPosition) {
        return new SingleStreamTracker(stream.single(), new StreamConfig(stream.single(), initialPosition));
    }

    /** Several streams, with where to start in each. */
    public static StreamTracker many(Map<SourceStream, InitialPositionInStreamExtended> streams) {
        List<StreamConfig> configs = streams.entrySet().stream()
                .map(stream -> new StreamConfig(stream.getKey().oneOfMany(), stream.getValue()))
                .toList();
        return new MultiStreamTracker() {
            @Override
            public List<StreamConfig> streamConfigList() {
                return configs;
            }

            @Override
            public FormerStreamsLeasesDeletionStrategy formerStreamsLeasesDeletionStrategy() {
                return new AutoDetectionAndDeferredDeletionStrategy() {
                    @Override
                    public Duration waitPeriodToDeleteFormerStreams() {
                        return FORMER_STREAMS_KEPT;
                    }
                };
            }
        };
    }
}
