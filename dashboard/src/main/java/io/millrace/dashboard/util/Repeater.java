package io.millrace.dashboard.util;

import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does one thing again and again, with a pause between. A failure is logged once as long as it stays the
 * same, and does not end the repetition.
 */
public final class Repeater implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Repeater.class);

    private final Runnable task;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param name the thread's */
    public Repeater(String name, Duration pause, Runnable task) {
        this.task = task;
        this.pause = pause;
        this.thread = new Thread(this::repeat, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void repeat() {
        String failure = null;
        while (!stopped) {
            try {
                task.run();
                failure = null;
            } catch (RuntimeException e) {
                if (!Objects.equals(failure, e.toString()) && !stopped) {
                    log.warn("{} failed; it will be tried again: {}", thread.getName(), e.toString());
                }
                failure = e.toString();
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
