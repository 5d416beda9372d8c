package io.millrace.localaws.kinesis;

import java.util.concurrent.atomic.AtomicLong;

/** The heap that all streams' records take, against the cap. Thread-safe. */
final class HeldBytes {

    private final long cap;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(long cap) {
        this.cap = cap;
    }

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    boolean isOverCap() {
        return held.get() > cap;
    }

    long held() {
        return held.get();
    }
}
