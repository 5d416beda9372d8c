package io.millrace.producer.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Records what the pipeline asks of Kinesis; a test answers by hand, or sets {@link #answer} to have it done. */
final class FakeKinesis implements KinesisPort {

    /** A request that waits for its reply. */
    record Request(List<OutRecord> records, CompletableFuture<PutReply> reply) {
        List<String> texts() {
            return records.stream()
                    .map(record -> new String(record.data(), java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
        }

        void answer(Function<OutRecord, PutOutcome> outcome) {
            reply.complete(new PutReply.Answered(records.stream().map(outcome).toList()));
        }

        void fail(PutOutcome outcome) {
            reply.complete(new PutReply.Failed(outcome));
        }
    }

    final List<Request> requests = new ArrayList<>();
    List<ShardRange> shards = shards(1);
    RuntimeException listFailure;
    Function<OutRecord, PutOutcome> answer;
    private long sequence;

    /** Shards that halve, quarter, … the hash keys. */
    static List<ShardRange> shards(int count) {
        BigInteger space = BigInteger.ONE.shiftLeft(128);
        List<ShardRange> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigInteger from = space.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
            BigInteger to = space.multiply(BigInteger.valueOf(i + 1)).divide(BigInteger.valueOf(count));
            shards.add(new ShardRange(
                    "shard-" + i,
                    HashKey.ofDecimal(from.toString()),
                    HashKey.ofDecimal(to.subtract(BigInteger.ONE).toString()),
                    true));
        }
        return shards;
    }

    /** As Kinesis does: the shard that holds the record's hash key. */
    PutOutcome deliver(OutRecord record) {
        HashKey key = record.explicitHashKey().orElseGet(() -> HashKey.of(record.partitionKey()));
        ShardRange shard = shards.stream()
                .filter(s -> s.open() && s.holds(key))
                .findFirst()
                .orElseThrow();
        return new PutOutcome.Delivered(shard.shardId(), String.valueOf(sequence++));
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    @Override
    public CompletionStage<PutReply> put(List<OutRecord> records) {
        Request request = new Request(records, new CompletableFuture<>());
        requests.add(request);
        if (answer != null) {
            request.answer(answer);
        }
        return request.reply();
    }

    @Override
    public CompletionStage<List<ShardRange>> listShards() {
        return listFailure == null
                ? CompletableFuture.completedStage(shards)
                : CompletableFuture.failedStage(listFailure);
    }

    @Override
    public void close() {}
}
