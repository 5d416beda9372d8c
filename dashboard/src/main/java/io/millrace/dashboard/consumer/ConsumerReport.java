package io.millrace.dashboard.consumer;

import java.net.URI;

/**
 * What came of asking one consumer.
 *
 * @param status null where it did not answer
 * @param error why not; empty where it did
 */
public record ConsumerReport(URI url, ConsumerStatus status, String error) {

    boolean answered() {
        return status != null;
    }
}
