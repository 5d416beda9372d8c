package io.millrace.dashboard.testing;

import io.millrace.dashboard.lake.ObjectInfo;
import io.millrace.dashboard.lake.ObjectPage;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.OpenObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects in memory, listed as S3 lists them; records what was asked. Thread-safe. */
public final class FakeStore implements ObjectStore {

    private record Stored(long size, Instant at, Supplier<InputStream> content) {}

    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final List<String> listed = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final InstantSource clock;

    public FakeStore() {
        this(() -> Instant.EPOCH);
    }

    public FakeStore(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized FakeStore put(String key, byte[] content) {
        return put(key, content.length, () -> new ByteArrayInputStream(content));
    }

    /** Content that is made while it is read. */
    public synchronized FakeStore put(String key, long size, Supplier<InputStream> content) {
        objects.put(key, new Stored(size, clock.instant(), content));
        return this;
    }

    public synchronized void delete(String key) {
        objects.remove(key);
    }

    /** The prefixes listed since this was asked last. */
    public synchronized List<String> takeListed() {
        List<String> taken = List.copyOf(listed);
        listed.clear();
        return taken;
    }

    /** The keys opened so far. */
    public synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    @Override
    public synchronized ObjectPage list(Listing listing) {
        listed.add(listing.prefix());
        String after = listing.token().orElse(listing.startAfter());
        TreeSet<String> names = new TreeSet<>();
        List<ObjectInfo> found = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (var entry : objects.tailMap(listing.prefix()).entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(listing.prefix())) {
                break;
            }
            int slash = listing.delimiter().isEmpty()
                    ? -1
                    : key.indexOf('/', listing.prefix().length());
            String name = slash < 0 ? key : key.substring(0, slash + 1);
            if (name.compareTo(after) <= 0 || !names.add(name)) {
                continue;
            }
            if (names.size() > listing.maxKeys()) {
                names.remove(name);
                return new ObjectPage(prefixes, found, Optional.of(names.last()));
            }
            if (slash < 0) {
                found.add(new ObjectInfo(
                        key, entry.getValue().size(), entry.getValue().at()));
            } else {
                prefixes.add(name);
            }
        }
        return new ObjectPage(prefixes, found, Optional.empty());
    }

    @Override
    public synchronized OpenObject open(String bucket, String key) {
        opened.add(key);
        Stored stored = objects.get(key);
        if (stored == null) {
            throw NoSuchKeyException.builder().message(key).build();
        }
        return new OpenObject(
                stored.size(), stored.at(), Optional.empty(), stored.content().get());
    }
}
