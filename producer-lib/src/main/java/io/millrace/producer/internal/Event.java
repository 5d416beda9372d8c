package io.millrace.producer.internal;

import io.millrace.producer.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** An accepted event on its way. After the intake has handed it over, the loop's thread alone touches it. */
final class Event {
    /** What an event costs beside its bytes: this object, its future, array headers, its places in queues. */
    static final int OVERHEAD_BYTES = 250;

    final String partitionKey;
    final byte[] data;
    final long acceptedAt;
    final CompletableFuture<SendResult> future;
    final int keyBytes;

    /** Place in the order of acceptance. */
    long ordinal;

    /** Requests made so far. */
    int attempts;

    /** Most events that may share its next request: halved where a whole request was refused, to find the culprit. */
    int groupLimit = Integer.MAX_VALUE;

    /** Whether it was read from the spill file, where it stays until it is settled. */
    boolean fromSpill;

    FlushEpochs.Epoch epoch;

    Event(String partitionKey, byte[] data, long acceptedAt, CompletableFuture<SendResult> future) {
        this.partitionKey = partitionKey;
        this.data = data;
        this.acceptedAt = acceptedAt;
        this.future = future;
        this.keyBytes = utf8Length(partitionKey);
    }

    /** Bytes that count against Kinesis's limits. */
    int size() {
        return keyBytes + data.length;
    }

    /** Bytes that count against the buffer's. */
    long cost() {
        return (long) size() + OVERHEAD_BYTES;
    }

    private static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
