package io.millrace.dashboard.http;

import io.millrace.aws.AwsErrors;
import io.millrace.dashboard.alert.AlertBook;
import io.millrace.dashboard.consumer.ConsumerStatus.Totals;
import io.millrace.dashboard.consumer.ConsumerView;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.lake.BucketInfo;
import io.millrace.dashboard.lake.index.BucketIndex;
import io.millrace.dashboard.lake.index.BucketIndex.Stats;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.stream.StreamCatalog;
import io.millrace.dashboard.stream.StreamInfo;
import io.millrace.lake.partition.OutputPartition;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** The totals over everything. One AWS service being away leaves the other parts good. */
public final class Summary {

    private final StreamCatalog streams;
    private final BucketCatalog buckets;
    private final Indexer indexer;
    private final Consumers consumers;
    private final AlertBook alerts;
    private final InstantSource clock;

    public Summary(
            StreamCatalog streams,
            BucketCatalog buckets,
            Indexer indexer,
            Consumers consumers,
            AlertBook alerts,
            InstantSource clock) {
        this.streams = streams;
        this.buckets = buckets;
        this.indexer = indexer;
        this.consumers = consumers;
        this.alerts = alerts;
        this.clock = clock;
    }

    Map<String, Object> now() {
        indexer.watch();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("time", clock.instant());
        summary.put("streams", orError(this::streams));
        summary.put("buckets", orError(this::buckets));
        summary.put("consumer", consumer());
        summary.put("alerts", Map.of("count", alerts.standing().size()));
        return summary;
    }

    private Map<String, Object> streams() {
        List<StreamInfo> list = streams.list();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", list.size());
        answer.put("openShards", list.stream().mapToInt(StreamInfo::openShards).sum());
        return answer;
    }

    private Map<String, Object> buckets() {
        List<BucketInfo> list = buckets.list();
        List<BucketIndex> known = list.stream()
                .flatMap(bucket -> indexer.bucket(bucket.name()).stream())
                .toList();
        List<Stats> stats = known.stream().map(BucketIndex::totals).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", list.size());
        answer.put(
                "objects", stats.stream().mapToLong(s -> s.counts().objects()).sum());
        answer.put("bytes", stats.stream().mapToLong(s -> s.counts().bytes()).sum());
        answer.put("atLeast", known.size() < list.size() || stats.stream().anyMatch(Stats::atLeast));
        answer.put(
                "deadLetterObjects",
                known.stream()
                        .map(index -> index.folder(OutputPartition.DEAD_LETTERS))
                        .flatMap(Optional::stream)
                        .mapToLong(folder -> folder.counts().objects())
                        .sum());
        return answer;
    }

    private Map<String, Object> consumer() {
        ConsumerView view = consumers.view();
        Totals totals = view.totals();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("configured", view.consumers().size());
        answer.put("answering", view.statuses().count());
        answer.put("freshnessMillis", orNull(view.freshnessMillis()));
        answer.put("lastCommit", totals.lastCommit());
        answer.put("recordsWritten", totals.written());
        answer.put("shards", view.activeShards().count());
        return answer;
    }

    static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Object orError(Supplier<Object> part) {
        try {
            return part.get();
        } catch (SdkException e) {
            return Map.of("error", AwsErrors.message(e));
        }
    }
}
