/**
 * A producer for Amazon Kinesis Data Streams to embed in a service: all that its users call.
 *
 * <p>{@link io.millrace.producer.LogProducer} sends JSON logs and derives their partition keys; {@link
 * io.millrace.producer.StreamProducer} sends bytes under a key of the caller's. {@link
 * io.millrace.producer.ProducerSettings} has the settings as environment variables, {@link
 * io.millrace.producer.ProducerConfig} as code. What lies in {@code io.millrace.producer.internal} changes without notice.
 */
package io.millrace.producer;
