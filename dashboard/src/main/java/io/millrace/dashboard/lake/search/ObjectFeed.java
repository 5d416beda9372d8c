package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.lake.ObjectInfo;
import io.millrace.dashboard.lake.ObjectPage;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.ObjectStore.Listing;
import io.millrace.dashboard.lake.OpenObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The objects of one folder in order of their keys. While one is read the next few are asked for already, for S3 takes
 * longer to answer than to send. Used by one thread; closing it gives up what was asked for in vain.
 */
final class ObjectFeed implements AutoCloseable {

    private static final int AHEAD = 4;

    /** An object and its content, which may still be on its way. */
    record Item(String key, CompletableFuture<OpenObject> content) {}

    private final ObjectStore store;
    private final Executor executor;
    private final String bucket;
    private final Deque<Item> ahead = new ArrayDeque<>();
    private Iterator<ObjectInfo> page;
    private Optional<Listing> nextPage;

    /**
     * @param firstKey the key to start at; empty for the folder's start
     * @param inclusive whether that object itself is wanted
     */
    ObjectFeed(ObjectStore store, Executor executor, String bucket, String folder, String firstKey, boolean inclusive) {
        this.store = store;
        this.executor = executor;
        this.bucket = bucket;
        this.nextPage = Optional.of(new Listing(bucket, folder, "/", firstKey, Optional.empty(), ObjectStore.MAX_KEYS));
        this.page = List.<ObjectInfo>of().iterator();
        if (!firstKey.isEmpty() && inclusive) {
            ahead.add(open(firstKey));
        }
    }

    /** Null where there is no more. */
    Item next() {
        while (ahead.size() < AHEAD) {
            Optional<String> key = nextKey();
            if (key.isEmpty()) {
                break;
            }
            ahead.add(open(key.get()));
        }
        return ahead.poll();
    }

    private Optional<String> nextKey() {
        while (!page.hasNext()) {
            if (nextPage.isEmpty()) {
                return Optional.empty();
            }
            Listing listing = nextPage.get();
            ObjectPage fetched = store.list(listing);
            page = fetched.objects().iterator();
            nextPage = fetched.nextToken().map(listing::next);
        }
        return Optional.of(page.next().key());
    }

    private Item open(String key) {
        return new Item(key, CompletableFuture.supplyAsync(() -> store.open(bucket, key), executor));
    }

    @Override
    public void close() {
        for (Item item : ahead) {
            var unused = item.content().thenAccept(ObjectFeed::giveUp);
        }
    }

    private static void giveUp(OpenObject object) {
        try {
            object.content().close();
        } catch (IOException e) {
            // The connection is gone either way.
        }
    }
}
