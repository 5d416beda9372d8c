package io.millrace.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.millrace.aws.AwsAccess;
import io.millrace.pipeline.sink.ObjectSink;
import io.millrace.pipeline.sink.S3ObjectSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Writes a Kinesis event source's records into the lake, with the consumer's own code: same keys' layout, same lines, same
 * dead letters, KPL aggregates and gzip included.
 *
 * <p><b>Weaker than the consumer: at least once.</b> An object's name follows from its batch's first and last position,
 * and Lambda, not this code, decides where batches end. As long as Lambda sends a failed batch again as it was, the
 * objects are found under the same names and nothing is doubled. Where it cuts the records anew (it may after a crash or
 * a time-out of the function, does with {@code BisectBatchOnFunctionError}, and does after a change of the batch size or
 * window), events that were written already are written again under other names. Nothing is lost either way, as long as
 * the event source retries until the stream's retention ends.
 *
 * <p>The event source must have {@code ReportBatchItemFailures}: what could not be written in time is answered as the
 * first sequence number of the first chunk that is not all there, and Lambda sends the records from there again.
 *
 * <p>Settings: {@link LambdaConfig}. The runtime makes one instance, and calls it one event at a time.
 */
public final class KinesisToS3Handler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    private static final Logger log = LoggerFactory.getLogger(KinesisToS3Handler.class);

    /** Of the invocation's time, what is left to answer in. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(1);

    private final EventChunks chunks;
    private final ChunkWriter writer;
    private final InstantSource clock;

    /** What Lambda calls. A wrong variable fails the function's start, with one line that names it. */
    public KinesisToS3Handler() {
        this(LambdaConfig.read(System.getenv()));
    }

    KinesisToS3Handler(LambdaConfig config) {
        this(config, new S3ObjectSink(client(config), config.bucket(), config.objects()), InstantSource.system());
    }

    KinesisToS3Handler(LambdaConfig config, ObjectSink sink, InstantSource clock) {
        this.clock = clock;
        this.chunks = new EventChunks(config.chunkBytes());
        this.writer = new ChunkWriter(sink, config.layout(), clock);
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        Instant deadline =
                clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(TO_ANSWER);
        List<BatchItemFailure> failures = new ArrayList<>();
        chunks.of(event)
                .forEach((shard, ofShard) -> firstUnwritten(ofShard, deadline).ifPresent(chunk -> {
                    log.warn("Not written in time: shard {} from {} on", shard, chunk.firstSequenceNumber());
                    failures.add(new BatchItemFailure(chunk.firstSequenceNumber()));
                }));
        return new StreamsEventResponse(failures);
    }

    /** Writes chunk after chunk; none is begun after one that failed, for Lambda sends all of them again. */
    private Optional<Chunk> firstUnwritten(List<Chunk> ofShard, Instant deadline) {
        for (Chunk chunk : ofShard) {
            if (!writer.write(chunk, deadline)) {
                return Optional.of(chunk);
            }
        }
        return Optional.empty();
    }

    private static S3AsyncClient client(LambdaConfig config) {
        // Lambda sets AWS_REGION, which the SDK finds.
        return AwsAccess.of(config.endpoint(), Optional.empty())
                .configureS3(S3AsyncClient.builder())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }
}
