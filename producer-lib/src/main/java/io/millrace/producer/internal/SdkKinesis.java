package io.millrace.producer.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Kinesis by the AWS SDK; thread-safe. */
final class SdkKinesis implements KinesisPort {
    private final KinesisAsyncClient client;
    private final String stream;
    private final boolean arn;
    private final Runnable onClose;

    /** @param onClose ends what was made for the client, the client too where it is ours */
    SdkKinesis(KinesisAsyncClient client, String stream, Runnable onClose) {
        this.client = client;
        this.stream = stream;
        this.arn = stream.startsWith("arn:");
        this.onClose = onClose;
    }

    @Override
    public CompletionStage<PutReply> put(List<OutRecord> records) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>(records.size());
        for (OutRecord record : records) {
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(record.partitionKey())
                    .explicitHashKey(
                            record.explicitHashKey().map(HashKey::toDecimal).orElse(null))
                    .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                    .build());
        }
        PutRecordsRequest.Builder request = PutRecordsRequest.builder().records(entries);
        PutRecordsRequest named = (arn ? request.streamARN(stream) : request.streamName(stream)).build();
        try {
            return client.putRecords(named).handle((response, failure) -> {
                if (failure != null) {
                    return new PutReply.Failed(SdkErrors.of(failure));
                }
                return new PutReply.Answered(
                        response.records().stream().map(SdkErrors::of).toList());
            });
        } catch (RuntimeException e) {
            return CompletableFuture.completedStage(new PutReply.Failed(SdkErrors.of(e)));
        }
    }

    @Override
    public CompletionStage<List<ShardRange>> listShards() {
        ListShardsRequest.Builder request = ListShardsRequest.builder();
        return page((arn ? request.streamARN(stream) : request.streamName(stream)).build(), new ArrayList<>());
    }

    private CompletionStage<List<ShardRange>> page(ListShardsRequest request, List<ShardRange> found) {
        CompletableFuture<ListShardsResponse> answer;
        try {
            answer = client.listShards(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        SdkErrors.streamMissing(failure) ? new StreamMissingException(failure) : failure))
                .thenCompose(response -> {
                    response.shards().forEach(shard -> found.add(range(shard)));
                    if (response.nextToken() == null) {
                        return CompletableFuture.completedStage(found);
                    }
                    return page(
                            ListShardsRequest.builder()
                                    .nextToken(response.nextToken())
                                    .build(),
                            found);
                });
    }

    private static ShardRange range(Shard shard) {
        return new ShardRange(
                shard.shardId(),
                HashKey.ofDecimal(shard.hashKeyRange().startingHashKey()),
                HashKey.ofDecimal(shard.hashKeyRange().endingHashKey()),
                shard.sequenceNumberRange().endingSequenceNumber() == null);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
