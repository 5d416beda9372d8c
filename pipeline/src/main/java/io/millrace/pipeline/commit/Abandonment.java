package io.millrace.pipeline.commit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a commit, from another thread, to write nothing more: the lease is lost, or the process ends. Thread-safe. */
public final class Abandonment {

    /** Waits, and wakes early where the commit is abandoned; a test's own moves its clock instead. */
    public interface Sleeper {
        void sleep(Duration time, Abandonment abandonment) throws InterruptedException;
    }

    private final CountDownLatch abandoned = new CountDownLatch(1);

    public void abandon() {
        abandoned.countDown();
    }

    public boolean isAbandoned() {
        return abandoned.getCount() == 0;
    }

    /** Really waits. */
    public static void sleep(Duration time, Abandonment abandonment) throws InterruptedException {
        abandonment.abandoned.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
