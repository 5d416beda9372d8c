package io.millrace.dashboard.alert;

import java.time.Instant;

/**
 * Something that an operator should look at.
 *
 * @param id the same as long as it is the same trouble
 * @param kind {@code freshness}, {@code dead-letters}, {@code stuck-shard}, {@code lease-flapping}, {@code small-files} or
 *     {@code consumer-away}
 * @param subject what it is about, such as a shard
 * @param message for people, with the figure
 * @param since when it was first seen
 */
public record Alert(String id, String kind, Severity severity, String subject, String message, Instant since) {

    /** How bad it is. */
    public enum Severity {
        WARNING,
        CRITICAL
    }

    static Alert of(String kind, Severity severity, String subject, String message) {
        return new Alert(kind + ':' + subject, kind, severity, subject, message, null);
    }

    Alert since(Instant time) {
        return new Alert(id, kind, severity, subject, message, time);
    }
}
