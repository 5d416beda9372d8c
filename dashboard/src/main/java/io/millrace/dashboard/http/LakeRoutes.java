package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.lake.BucketInfo;
import io.millrace.dashboard.lake.ObjectPage;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.ObjectStore.Listing;
import io.millrace.dashboard.lake.index.BucketIndex;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.lake.index.PartitionAnalysis;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Buckets, what is in their folders, and how it spreads over services and hours. */
public final class LakeRoutes implements Consumer<RoutesConfig> {

    private static final int MAX_PARTITIONS = 20_000;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private final Permissions permissions;
    private final BucketCatalog buckets;
    private final ObjectStore store;
    private final Indexer indexer;

    public LakeRoutes(Permissions permissions, BucketCatalog buckets, ObjectStore store, Indexer indexer) {
        this.permissions = permissions;
        this.buckets = buckets;
        this.store = store;
        this.indexer = indexer;
    }

    @Override
    public void accept(RoutesConfig routes) {
        routes.get("/api/s3/buckets", this::buckets);
        routes.get("/api/s3/bucket/{name}/objects", this::objects);
        routes.get("/api/s3/bucket/{name}/partitions", this::partitions);
    }

    private void buckets(Context ctx) {
        indexer.watch();
        ctx.json(Map.of("buckets", buckets.list().stream().map(this::bucket).toList()));
    }

    private Map<String, Object> bucket(BucketInfo info) {
        Map<String, Object> bucket = new LinkedHashMap<>();
        bucket.put("name", info.name());
        bucket.put("createdAt", info.createdAt());
        Optional<BucketIndex> index = indexer.bucket(info.name());
        Counted.put(bucket, index.map(BucketIndex::totals));
        bucket.put("error", index.map(BucketIndex::error).orElse(""));
        return bucket;
    }

    private void objects(Context ctx) {
        String bucket = permissions.bucket(ctx.pathParam("name"));
        Query query = new Query(ctx);
        String prefix = query.text("prefix");
        // An empty delimiter asks for all keys below the prefix, whatever folder they are in.
        String delimiter = ctx.queryParam("delimiter") == null ? "/" : query.choice("delimiter", "", Set.of("", "/"));
        Listing listing = new Listing(
                bucket,
                prefix,
                delimiter,
                query.text("startAfter"),
                Optional.of(query.text("token")).filter(token -> !token.isEmpty()),
                query.integer("limit", 200, 1, ObjectStore.MAX_KEYS));
        ObjectPage page = store.list(listing);
        indexer.touch(bucket, prefix);

        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("bucket", bucket);
        answer.put("prefix", prefix);
        answer.put("prefixes", folders(bucket, page.prefixes()));
        answer.put("objects", page.objects());
        answer.put("nextToken", page.nextToken().orElse(null));
        ctx.json(answer);
    }

    private List<Map<String, Object>> folders(String bucket, List<String> prefixes) {
        Optional<BucketIndex> index = indexer.bucket(bucket);
        return prefixes.stream()
                .map(prefix -> {
                    Map<String, Object> folder = new LinkedHashMap<>();
                    folder.put("prefix", prefix);
                    Counted.put(folder, index.flatMap(known -> known.folder(prefix)));
                    return folder;
                })
                .toList();
    }

    private void partitions(Context ctx) {
        String bucket = permissions.bucket(ctx.pathParam("name"));
        Query query = new Query(ctx);
        indexer.watch();
        BucketIndex index = indexer.bucket(bucket)
                .orElseThrow(() -> new ApiException(
                        503,
                        "not_indexed",
                        "Bucket '" + bucket + "' is not indexed yet",
                        "Try again in a few seconds"));
        ctx.json(PartitionAnalysis.analyse(
                index,
                query.text("service"),
                query.time("from", EARLIEST),
                query.time("to", LATEST),
                query.integer("limit", 5_000, 1, MAX_PARTITIONS)));
    }
}
