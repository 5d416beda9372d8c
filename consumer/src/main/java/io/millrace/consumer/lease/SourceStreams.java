package io.millrace.consumer.lease;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.processor.FormerStreamsLeasesDeletionStrategy;
import software.amazon.kinesis.processor.FormerStreamsLeasesDeletionStrategy.AutoDetectionAndDeferredDeletionStrategy;
import software.amazon.kinesis.processor.MultiStreamTracker;
import software.amazon.kinesis.processor.StreamTracker;

/** The streams to read, in KCL's form. */
public final class SourceStreams {

    /**
     * A stream that is taken out of STREAMS keeps its leases for as long as Kinesis can keep a record at most (API
     * reference, IncreaseStreamRetentionPeriod). If they went earlier and the stream came back, it would be read anew.
     */
    private static final Duration FORMER_STREAMS_KEPT = Duration.ofDays(365);

    private SourceStreams() {}

    /** The streams, with where to start in each. */
    public static StreamTracker tracker(Map<SourceStream, InitialPosition> streams) {
        List<StreamConfig> configs = streams.entrySet().stream()
                .map(stream -> new StreamConfig(stream.getKey().identity(), KclPositions.of(stream.getValue())))
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
