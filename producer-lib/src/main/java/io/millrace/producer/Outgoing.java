package io.millrace.producer;

/**
 * An event to send.
 *
 * @param partitionKey 1 to 256 characters
 * @param data the event's bytes, not copied: leave them alone until the event's future completes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
public record Outgoing(String partitionKey, byte[] data) {}
