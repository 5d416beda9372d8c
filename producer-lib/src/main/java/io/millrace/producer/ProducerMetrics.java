package io.millrace.producer;

import java.time.Duration;

/**
 * Hears of what a producer does; {@link Totals} has what became of the events. Called on the producer's own thread:
 * implementations are quick and raise nothing.
 */
public interface ProducerMetrics {

    /** Hears nothing. */
    ProducerMetrics NONE = new ProducerMetrics() {};

    /** A request was answered, for good or ill. */
    default void request(int records, long bytes, Duration took) {}

    /** A record was delivered: how many events it carried, and how long its first one had been in the producer. */
    default void delivered(String shardId, int events, Duration sinceAccepted) {}

    /** Records have to be sent again; {@code code} is Kinesis's error code, or the failure's kind. */
    default void retried(String code, int records) {}
}
