package io.millrace.producer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A producer's settings; immutable. {@link #builder} has the defaults, {@link ProducerSettings} the same settings as
 * environment variables with their meaning.
 *
 * @param enabled whether events are sent at all; a disabled producer accepts and drops
 * @param stream the stream's name, or its ARN
 * @param endpoint another endpoint than AWS's own
 * @param region the AWS region; empty for the SDK's own chain
 * @param linger how long an event waits for others to share its request
 * @param batchRecords most records in a request
 * @param batchBytes bytes at which a request is full; a single larger record goes alone
 * @param maxInFlight most requests on their way at once
 * @param bufferBytes most bytes that accepted events may occupy, with about 250 bytes of overhead each
 * @param maxBlock how long {@code send} waits for room in the buffer
 * @param deliveryTimeout how long an accepted event is tried
 * @param requestTimeout how long one request may take
 * @param closeTimeout how long {@code close} goes on sending
 * @param ordering what order the stream keeps
 * @param aggregation how events become records
 * @param aggregationBytes bytes at which a shared record is full
 * @param compression what is done to each record's data
 * @param maxRecordBytes most bytes in a record, partition key included; the stream's own maximum is 1 MiB unless raised
 * @param rateLimit how each shard is held to its limits
 * @param partitionKey how {@link LogProducer} derives partition keys
 * @param spillDir folder of the spill file; empty for none
 * @param spillBytes most bytes in the spill file
 */
public record ProducerConfig(
        boolean enabled,
        String stream,
        Optional<URI> endpoint,
        Optional<String> region,
        Duration linger,
        int batchRecords,
        int batchBytes,
        int maxInFlight,
        long bufferBytes,
        Duration maxBlock,
        Duration deliveryTimeout,
        Duration requestTimeout,
        Duration closeTimeout,
        Ordering ordering,
        Aggregation aggregation,
        int aggregationBytes,
        Compression compression,
        int maxRecordBytes,
        RateLimit rateLimit,
        PartitionKeyRule partitionKey,
        Optional<Path> spillDir,
        long spillBytes) {

    public ProducerConfig {
        if (aggregation == Aggregation.AUTO && ordering == Ordering.NONE) {
            aggregation = Aggregation.NONE;
        }
    }

    /** A builder that holds the defaults. */
    public static ProducerConfigBuilder builder() {
        return new ProducerConfigBuilder();
    }
}
