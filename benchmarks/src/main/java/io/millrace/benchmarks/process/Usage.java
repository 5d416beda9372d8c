package io.millrace.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Processor time and resident memory of a process and its children, from Linux's {@code /proc}; memory is looked at ten
 * times a second. Thread-safe.
 */
public final class Usage implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    /** {@code /proc/PID/stat} counts in these a second (USER_HZ, fixed by Linux's interface). */
    private static final double TICKS = 100;
    /** Places in {@code /proc/PID/stat} after the name (proc(5)): utime, and stime, cutime, cstime after it. */
    private static final int UTIME = 11;

    private final ProcessHandle process;
    private final Thread watch = new Thread(this::watch, "memory-watch");
    private volatile double peak;
    private volatile double now;
    private volatile boolean closed;

    Usage(ProcessHandle process) {
        this.process = process;
        watch.setDaemon(true);
        watch.start();
    }

    /** User and system time so far, children that ended included. */
    public double cpuSeconds() {
        return tree().mapToDouble(Usage::cpu).sum();
    }

    /** The most resident memory seen so far. */
    public double peakMegabytes() {
        return peak;
    }

    public double megabytes() {
        return now;
    }

    private void watch() {
        while (!closed && process.isAlive()) {
            now = tree().mapToDouble(Usage::resident).sum();
            peak = Math.max(peak, now);
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static double cpu(ProcessHandle process) {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = UTIME; i < UTIME + 4; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS;
    }

    private static double resident(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    /** Empty where the process has ended. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
    }
}
