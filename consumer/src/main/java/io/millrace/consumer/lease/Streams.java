package io.millrace.consumer.lease;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Looks streams up. Thread-safe. */
public final class Streams {

    private final KinesisAsyncClient kinesis;

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
            boolean readable =
                    summary.streamStatus() == StreamStatus.ACTIVE || summary.streamStatus() == StreamStatus.UPDATING;
            return readable
                    ? Optional.of(new SourceStream(name, summary.streamARN(), summary.streamCreationTimestamp()))
                    : Optional.empty();
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
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
