package io.millrace.benchmarks.producer;

/**
 * One measured run.
 *
 * @param cpuSeconds of the contender's process and its children
 * @param p50Millis from when an event was due until it was acknowledged; 0 where no rate was set
 * @param peakBytes resident memory of the process and its children since it began
 */
record RawRun(
        String contender,
        int round,
        int events,
        double seconds,
        double cpuSeconds,
        double serverCpuSeconds,
        double p50Millis,
        double p99Millis,
        long peakBytes) {

    double eventsPerSecond() {
        return events / seconds;
    }
}
