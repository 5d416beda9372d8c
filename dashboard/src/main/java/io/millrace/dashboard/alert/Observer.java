package io.millrace.dashboard.alert;

import io.millrace.dashboard.alert.Observation.SmallFiles;
import io.millrace.dashboard.config.AlertLimits;
import io.millrace.dashboard.consumer.ConsumerView;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.lake.index.BucketIndex;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.stream.Lease;
import io.millrace.dashboard.stream.StreamReporter;
import io.millrace.lake.partition.HivePath;
import io.millrace.lake.partition.OutputPartition;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Gathers what the alert rules look at. Where a service is away, its part is empty. */
public final class Observer {

    private final Supplier<List<String>> buckets;
    private final Indexer indexer;
    private final StreamReporter streams;
    private final Consumers consumers;
    private final AlertLimits limits;
    private final InstantSource clock;

    public Observer(
            Supplier<List<String>> buckets,
            Indexer indexer,
            StreamReporter streams,
            Consumers consumers,
            AlertLimits limits,
            InstantSource clock) {
        this.buckets = buckets;
        this.indexer = indexer;
        this.streams = streams;
        this.consumers = consumers;
        this.limits = limits;
        this.clock = clock;
    }

    Observation look() {
        ConsumerView view = consumers.view();
        Map<String, Long> deadLetters = new LinkedHashMap<>();
        Map<String, List<SmallFiles>> smallFiles = new LinkedHashMap<>();
        for (BucketIndex index : indexes()) {
            index.folder(OutputPartition.DEAD_LETTERS)
                    .ifPresent(stats ->
                            deadLetters.put(index.bucket(), stats.counts().objects()));
            smallFiles.put(index.bucket(), smallFiles(index));
        }
        return new Observation(clock.instant(), view, leases(view), deadLetters, smallFiles);
    }

    private List<BucketIndex> indexes() {
        try {
            return buckets.get().stream()
                    .flatMap(name -> indexer.bucket(name).stream())
                    .toList();
        } catch (SdkException e) {
            return List.of();
        }
    }

    private Map<String, Lease> leases(ConsumerView view) {
        Map<String, Lease> leases = new HashMap<>();
        try {
            for (String stream : view.streams()) {
                streams.leases(stream, view).forEach((shard, lease) -> leases.put(stream + '/' + shard, lease));
            }
        } catch (SdkException e) {
            return Map.of();
        }
        return leases;
    }

    private List<SmallFiles> smallFiles(BucketIndex index) {
        return index.leaves((parent, name, total) -> total.small() > limits.smallFiles()).stream()
                .filter(leaf -> leaf.counts().small() > limits.smallFiles())
                .flatMap(leaf -> HivePath.parse(leaf.prefix())
                        .map(hour -> new SmallFiles(
                                hour,
                                leaf.counts().small(),
                                leaf.counts().objects(),
                                leaf.counts().bytes()))
                        .stream())
                .sorted(Comparator.comparing(SmallFiles::small).reversed())
                .toList();
    }
}
