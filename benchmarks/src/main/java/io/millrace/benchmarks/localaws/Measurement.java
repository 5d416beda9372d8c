package io.millrace.benchmarks.localaws;

import io.millrace.benchmarks.api.Sample;
import io.millrace.benchmarks.process.LocalAws;
import java.lang.management.ManagementFactory;

/**
 * What stretches of work took, all together. Processor time says more than the rate where others use the machine.
 *
 * @param records moved
 */
record Measurement(long records, double seconds, double serverCpu, double clientCpu) {

    static final Measurement NONE = new Measurement(0, 0, 0, 0);

    /** Work that says how many records it moved. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    /** And another stretch. */
    Measurement and(LocalAws server, Work work) throws Exception {
        double serverBefore = server.usage().cpuSeconds();
        double clientBefore = ownCpu();
        long start = System.nanoTime();
        long moved = work.run();
        return new Measurement(
                records + moved,
                seconds + (System.nanoTime() - start) / 1e9,
                serverCpu + server.usage().cpuSeconds() - serverBefore,
                clientCpu + ownCpu() - clientBefore);
    }

    /** Adds its figures under the name of what was done. */
    Sample to(Sample sample, String what) {
        return sample.with(what + "/s", records / seconds)
                .with(what + ", server CPU us", serverCpu * 1e6 / records)
                .with(what + ", client CPU us", clientCpu * 1e6 / records);
    }

    private static double ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }
}
