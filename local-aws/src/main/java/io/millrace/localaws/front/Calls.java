package io.millrace.localaws.front;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation was called, by clients, whether it went well or not. Thread-safe. */
public final class Calls {

    private final Map<AwsCall, LongAdder> counts = new ConcurrentHashMap<>();

    void count(AwsCall call) {
        counts.computeIfAbsent(call, unused -> new LongAdder()).increment();
    }

    /** @param operation for example {@code kinesis:PutRecords} */
    public long count(String operation) {
        return snapshot().getOrDefault(operation, 0L);
    }

    /** Counts by operation, for example {@code s3:PutObject}, in alphabetical order. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counts.forEach((call, count) -> snapshot.put(call.name(), count.sum()));
        return snapshot;
    }

    public void reset() {
        counts.clear();
    }
}
