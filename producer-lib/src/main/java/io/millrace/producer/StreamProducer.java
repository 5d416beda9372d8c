package io.millrace.producer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends events to a Kinesis stream: batched, within a fixed memory budget, and sent again until Kinesis has them.
 *
 * <p>Thread-safe; one for each process and stream is enough. A producer holds five threads: its loop, one for callbacks,
 * one for HTTP, one for request timeouts and one that the HTTP client keeps.
 *
 * <p><b>Delivery.</b> At least once: a request that reached Kinesis and whose answer was lost is sent again, so give your
 * events an id if twice matters. An accepted event ends as delivered, rejected or expired, and its future says which.
 *
 * <p><b>Order.</b> See {@link Ordering}: by default the events of a partition key keep the order in which {@code send}
 * accepted them.
 *
 * <p>Futures complete on the producer's callback thread: continuations should be short, and must not block.
 */
public interface StreamProducer extends AutoCloseable {

    /** Makes a producer with settings, a Kinesis client and metrics of your own. */
    static StreamProducerBuilder builder() {
        return new StreamProducerBuilder();
    }

    /** A producer with these settings and an AWS client of its own. */
    static StreamProducer start(ProducerConfig config) {
        return builder().config(config).start();
    }

    /**
     * A producer by the environment's variables ({@link ProducerSettings#ALL}), or the file that {@code CONFIG_FILE} names.
     *
     * @throws ConfigException listing every variable that is wrong
     */
    static StreamProducer fromEnvironment() {
        return start(ProducerSettings.read(Variables.of(System.getenv())));
    }

    /**
     * Accepts an event; waits up to {@code MAX_BLOCK} while the buffer is full.
     *
     * @param partitionKey 1 to 256 characters; events of one key keep their order
     * @param data the event's bytes, not copied: leave them alone until the future completes
     * @return completes with where the event went, or with a {@link RecordRejectedException} or {@link
     *     DeliveryTimeoutException}
     * @throws BufferFullException where the buffer stayed full; the event was not accepted
     * @throws RecordRejectedException where the event is larger than a record may be; it was not accepted
     * @throws ProducerClosedException after {@link #close}
     * @throws IllegalArgumentException for a partition key of a wrong length
     */
    CompletableFuture<SendResult> send(String partitionKey, byte[] data);

    /** Like {@link #send(String, byte[])}, waiting for room no longer than {@code maxBlock}. */
    CompletableFuture<SendResult> send(String partitionKey, byte[] data, Duration maxBlock);

    /**
     * Accepts all of the events or none, for callers that answer for several at once.
     *
     * @return a future for each, in their order
     * @throws BufferFullException where there was no room for all of them within {@code maxBlock}
     */
    List<CompletableFuture<SendResult>> sendAll(List<Outgoing> events, Duration maxBlock);

    /**
     * Sends an event and waits until Kinesis has it, {@code DELIVERY_TIMEOUT} at most.
     *
     * @throws ProducerException as {@link #send} raises or its future completes with
     */
    SendResult sendAndWait(String partitionKey, byte[] data);

    /**
     * Sends an event and waits until Kinesis has it, at most {@code timeout}. After a timeout the event is still on its way.
     *
     * @throws DeliveryTimeoutException where the time is over first
     */
    SendResult sendAndWait(String partitionKey, byte[] data, Duration timeout);

    /** Sends what was accepted before this call without lingering, and returns when all of it is settled. */
    void flush();

    /** What became of the events so far. */
    Totals totals();

    /** Bytes that accepted events occupy in the buffer now. */
    long bufferedBytes();

    /** Closes within {@code CLOSE_TIMEOUT}; logs what could not be delivered. Further calls do nothing. */
    @Override
    void close();

    /** Accepts nothing more, sends what is left, at most for {@code deadline}, and tells what could not be delivered. */
    CloseReport close(Duration deadline);
}
