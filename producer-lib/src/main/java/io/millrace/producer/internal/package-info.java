/**
 * How the producer works; not for its users, and free to change in any version.
 *
 * <p>An event's way: {@code StreamProducer.send} → {@code Intake} (the byte budget) → {@code Pipeline} on the loop's thread:
 * {@code Lanes} (a shard each, slots that keep order) → {@code Collector} and {@code Packer} (a request) → {@code
 * KinesisPort} → {@code Replies} (delivered, sent again, rejected) → {@code Deliveries}, {@code Settlements} (the future).
 */
package io.millrace.producer.internal;
