package io.millrace.benchmarks.producer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A process and its children as Linux's {@code /proc} shows them. */
final class ProcessTree {

    private static final long CLOCK_TICK_MILLIS = 10;
    /** Places in {@code /proc/PID/stat} after the command's closing parenthesis: user and system time. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    Duration cpu() {
        return Duration.ofMillis(processes().mapToLong(ProcessTree::cpuTicks).sum() * CLOCK_TICK_MILLIS);
    }

    /** Resident bytes now. */
    long residentBytes() {
        return processes().mapToLong(ProcessTree::residentBytes).sum();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static long cpuTicks(ProcessHandle process) {
        String stat = read(process, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > SYSTEM_TIME
                ? Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])
                : 0;
    }

    private static long residentBytes(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** Empty where the process has ended. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            return "";
        }
    }
}
