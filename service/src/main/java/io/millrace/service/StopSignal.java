package io.millrace.service;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Whether the process has been told to end, by SIGTERM or Ctrl-C. Work that has a thread of its own waits for it
 * ({@link #await}); other work is told ({@link #then}). Thread-safe.
 */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);
    private final Queue<Runnable> listeners = new ConcurrentLinkedQueue<>();

    StopSignal() {}

    /** Waits until the process is told to end; without limit, because that is how long a service runs. */
    public void await() throws InterruptedException {
        given.await();
    }

    /**
     * Calls this in the thread that handles the signal; at once, in the caller's, where the signal was given already.
     */
    public void then(Runnable stop) {
        listeners.add(stop);
        if (given.getCount() == 0) {
            tell();
        }
    }

    void give() {
        given.countDown();
        tell();
    }

    private void tell() {
        for (Runnable listener = listeners.poll(); listener != null; listener = listeners.poll()) {
            listener.run();
        }
    }
}
