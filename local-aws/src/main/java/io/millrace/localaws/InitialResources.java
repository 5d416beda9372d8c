package io.millrace.localaws;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an instance makes when it starts; what is there already stays as it is.
 *
 * @param streams the names of streams
 * @param shards how many shards each of them has
 * @param buckets the names of buckets
 */
public record InitialResources(Set<String> streams, int shards, Set<String> buckets) {

    private static final List<String> STREAMS = List.of("stage01-logs-stream", "stage01-metrics-stream");
    private static final List<String> BUCKETS = List.of("md-raw-logs", "md-raw-metrics", "md-raw-apm");

    public InitialResources {
        streams = Set.copyOf(streams);
        buckets = Set.copyOf(buckets);
    }

    /** The streams and buckets that Millrace's processes use by default. */
    public static InitialResources standard() {
        return new InitialResources(Set.copyOf(STREAMS), 1, Set.copyOf(BUCKETS));
    }

    InitialResources with(int shardsOfEach, List<String> moreStreams, List<String> moreBuckets) {
        Set<String> allStreams = new LinkedHashSet<>(streams);
        allStreams.addAll(moreStreams);
        Set<String> allBuckets = new LinkedHashSet<>(buckets);
        allBuckets.addAll(moreBuckets);
        return new InitialResources(allStreams, shardsOfEach, allBuckets);
    }
}
