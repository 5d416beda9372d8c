package io.millrace.dashboard.lake.index;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the index how many events an object holds, once for each object, whenever one was read to its end. Thread-safe.
 */
public final class ReadCounts {

    /** Objects remembered; beyond it the eldest is forgotten, and would count twice if it were read again. */
    private static final int MAX_OBJECTS = 100_000;

    private final Indexer indexer;
    private final Map<Long, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MAX_OBJECTS;
        }
    };

    public ReadCounts(Indexer indexer) {
        this.indexer = indexer;
    }

    public void note(String bucket, String key, long events) {
        synchronized (seen) {
            if (seen.putIfAbsent(hash(bucket + '/' + key), true) != null) {
                return;
            }
        }
        indexer.noteRead(bucket, key, events);
    }

    /** 64 bits of FNV-1a: among 100,000 objects two are the same with a chance of one in three thousand million. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
