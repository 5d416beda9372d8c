package io.millrace.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process that works until it is told to end. The JVM would exit with 143 after SIGTERM, however well the
 * stop went, and orchestrators report that as an error. Here a stop in order ends with the work's own exit code, which
 * is 0, and a stop that takes longer than it may ends with 1.
 */
public final class Service {

    private static final String THREAD = "shutdown";

    private Service() {}

    /** A process's work. It ends by itself, or soon after the signal. */
    @FunctionalInterface
    public interface Work {
        /** @return the exit code */
        int run(StopSignal stop) throws InterruptedException;
    }

    /**
     * Works. The caller passes the result to {@link System#exit}; after a signal the JVM has ended before this returns.
     *
     * @param stopLimit how long the work may take to end once it is told to
     * @return the work's exit code
     */
    public static int run(Duration stopLimit, Work work) {
        StopSignal signal = new StopSignal();
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(ExitCode.FAILED);
        Thread hook = new Thread(() -> stop(signal, ended, code, stopLimit), THREAD);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            code.set(work.run(signal));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
        return code.get();
    }

    /** Runs as the JVM's shutdown hook: after a signal, or after the work's end. */
    private static void stop(StopSignal signal, CountDownLatch ended, AtomicInteger code, Duration limit) {
        if (ended.getCount() == 0) {
            return;
        }
        try {
            signal.give();
            boolean inOrder = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inOrder) {
                LoggerFactory.getLogger(Service.class)
                        .warn("The process has not stopped within {} s, so it is cut off", limit.toSeconds());
            }
            Runtime.getRuntime().halt(inOrder ? code.get() : ExitCode.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
