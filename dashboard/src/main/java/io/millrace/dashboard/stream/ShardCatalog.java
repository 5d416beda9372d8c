package io.millrace.dashboard.stream;

import io.millrace.dashboard.util.Cached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The shards of streams, those that are closed included while their records are kept. Thread-safe. */
public final class ShardCatalog {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** Bounds one answer; a page has up to 1,000. */
    static final int MAX_SHARDS = 10_000;

    private final KinesisClient kinesis;
    private final InstantSource clock;
    private final Map<String, Cached<List<ShardInfo>>> byStream = new ConcurrentHashMap<>();

    public ShardCatalog(KinesisClient kinesis, InstantSource clock) {
        this.kinesis = kinesis;
        this.clock = clock;
    }

    /** The caller has checked that the stream is one of the catalog's, which bounds what is remembered here. */
    public List<ShardInfo> list(String stream) {
        return byStream.computeIfAbsent(stream, name -> new Cached<>(() -> fetch(name), MAX_AGE, clock))
                .get();
    }

    private List<ShardInfo> fetch(String stream) {
        List<ShardInfo> shards = new ArrayList<>();
        String token = null;
        do {
            ListShardsRequest request = token == null
                    ? ListShardsRequest.builder().streamName(stream).build()
                    : ListShardsRequest.builder().nextToken(token).build();
            ListShardsResponse page = kinesis.listShards(request);
            page.shards().forEach(shard -> shards.add(info(shard)));
            token = page.nextToken();
        } while (token != null && shards.size() < MAX_SHARDS);
        return List.copyOf(shards);
    }

    private static ShardInfo info(Shard shard) {
        return new ShardInfo(
                shard.shardId(),
                shard.hashKeyRange().startingHashKey(),
                shard.hashKeyRange().endingHashKey(),
                Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                        .filter(parent -> parent != null && !parent.isEmpty())
                        .toList(),
                shard.sequenceNumberRange().startingSequenceNumber(),
                shard.sequenceNumberRange().endingSequenceNumber() != null);
    }
}
