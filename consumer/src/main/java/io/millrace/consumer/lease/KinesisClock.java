package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Kinesis's own time, as its answers' {@code Date} tells it, in whole seconds and so up to one second late. A worker's
 * clock that is ahead would pass over records, and Kinesis refuses a time that is still to come for it. Thread-safe.
 */
final class KinesisClock implements Function<SourceStream, Instant> {

    private static final String DATE = "Date";

    private final KinesisAsyncClient kinesis;
    private final InstantSource fallback;

    /** @param fallback for a Kinesis whose answers have no date; AWS's have one */
    KinesisClock(KinesisAsyncClient kinesis, InstantSource fallback) {
        this.kinesis = kinesis;
        this.fallback = fallback;
    }

    @Override
    public Instant apply(SourceStream stream) {
        return join(kinesis.describeStreamSummary(request -> request.streamName(stream.name())))
                .sdkHttpResponse()
                .firstMatchingHeader(DATE)
                .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                .orElseGet(fallback::instant);
    }
}
