package io.millrace.consumer;

import io.millrace.consumer.lease.ReadMarks;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.retention.ReadMark;
import io.millrace.consumer.retention.Retention;
import io.millrace.pipeline.record.ShardRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Retention as Kinesis and the lease table know it. Thread-safe. */
final class KinesisRetention implements Retention {

    private static final Logger log = LoggerFactory.getLogger(KinesisRetention.class);

    /** Kinesis may answer nothing although there is something, on the way to it. */
    private static final int EMPTY_ANSWERS = 20;

    private final KinesisAsyncClient kinesis;
    private final Streams streams;
    private final ReadMarks marks;
    private final Map<String, SourceStream> sources;

    KinesisRetention(KinesisAsyncClient kinesis, Streams streams, ReadMarks marks, Collection<SourceStream> sources) {
        this.kinesis = kinesis;
        this.streams = streams;
        this.marks = marks;
        this.sources = sources.stream().collect(Collectors.toMap(SourceStream::name, Function.identity()));
    }

    @Override
    public Duration of(String stream) {
        return streams.retention(stream);
    }

    @Override
    public boolean holds(ShardRef shard, String sequenceNumber) {
        try {
            String iterator = kinesis.getShardIterator(get -> get.streamName(shard.stream())
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .startingSequenceNumber(sequenceNumber))
                    .join()
                    .shardIterator();
            for (int i = 0; i < EMPTY_ANSWERS && iterator != null; i++) {
                String at = iterator;
                GetRecordsResponse answer = kinesis.getRecords(
                                get -> get.shardIterator(at).limit(1))
                        .join();
                if (!answer.records().isEmpty()) {
                    return answer.records().get(0).sequenceNumber().equals(sequenceNumber);
                }
                iterator = answer.millisBehindLatest() > 0 ? answer.nextShardIterator() : null;
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return false; // all of the shard is past retention
            }
            log.warn(
                    "Whether shard {} still holds its record {} is not known: {}",
                    shard,
                    sequenceNumber,
                    e.getCause().getMessage());
        }
        return false;
    }

    @Override
    public Optional<ReadMark> mark(ShardRef shard) {
        return marks.find(leaseKey(shard), of(shard.stream()));
    }

    @Override
    public void keep(ShardRef shard, ReadMark committed) {
        marks.keep(leaseKey(shard), committed);
    }

    private String leaseKey(ShardRef shard) {
        return sources.get(shard.stream()).leaseKey(shard.shardId());
    }
}
