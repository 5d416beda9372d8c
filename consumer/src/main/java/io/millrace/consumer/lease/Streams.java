package io.millrace.consumer.lease;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Looks streams up. Thread-safe. */
public final class Streams {

    /** The least that Kinesis keeps records (API reference, DecreaseStreamRetentionPeriod), and its default. */
    private static final Duration LEAST_RETENTION = Duration.ofHours(24);

    private final KinesisAsyncClient kinesis;
    private final Map<String, Duration> retentions = new ConcurrentHashMap<>();

    public Streams(KinesisAsyncClient kinesis) {
        this.kinesis = kinesis;
    }

    /**
     * The stream, if it can be read now; empty where it does not exist, is still being made or is being deleted.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException where Kinesis does not answer
     */
    public Optional<SourceStream> find(String name) {
        try {
            StreamDescriptionSummary summary = join(kinesis.describeStreamSummary(request -> request.streamName(name)))
                    .streamDescriptionSummary();
            retentions.put(name, Duration.ofHours(summary.retentionPeriodHours()));
            boolean readable =
                    summary.streamStatus() == StreamStatus.ACTIVE || summary.streamStatus() == StreamStatus.UPDATING;
            return readable
                    ? Optional.of(new SourceStream(name, summary.streamARN(), summary.streamCreationTimestamp()))
                    : Optional.empty();
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /** How long the stream keeps its records, as it was when it was last found. */
    public Duration retention(String name) {
        return retentions.getOrDefault(name, LEAST_RETENTION);
    }

    /** Waits for an answer and throws what the SDK threw, without the future's wrapping. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
