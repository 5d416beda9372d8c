package io.millrace.benchmarks.localaws;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What one stretch of work took. Processor time says more than the rate where others use the machine.
 *
 * @param records moved
 */
record Measurement(long records, Duration elapsed, Duration serverCpu, Duration clientCpu) {

    /** Work that says how many records it moved. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    static Measurement of(LocalAwsProcess server, Work work) throws Exception {
        Duration serverBefore = server.cpu();
        Duration clientBefore = ownCpu();
        long start = System.nanoTime();
        long records = work.run();
        return new Measurement(
                records,
                Duration.ofNanos(System.nanoTime() - start),
                server.cpu().minus(serverBefore),
                ownCpu().minus(clientBefore));
    }

    long perSecond() {
        return records * 1_000_000_000L / elapsed.toNanos();
    }

    double serverMicros() {
        return serverCpu.toNanos() / 1_000.0 / records;
    }

    double clientMicros() {
        return clientCpu.toNanos() / 1_000.0 / records;
    }

    private static Duration ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }
}
