package io.millrace.lakecheck;

import io.millrace.producer.SendResult;
import io.millrace.producer.StreamProducer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends events with the producer library, by service, as services do. */
final class Sender {

    private final StreamProducer producer;

    Sender(StreamProducer producer) {
        this.producer = producer;
    }

    /**
     * Sends all events and waits until Kinesis has them.
     *
     * @return the last sequence number of each shard that took some
     * @throws UsageException where one was not delivered
     */
    Map<String, BigInteger> send(List<ExpectedEvent> events) {
        List<CompletableFuture<SendResult>> sent = new ArrayList<>(events.size());
        events.forEach(event -> sent.add(producer.send(event.service(), event.bytes())));
        producer.flush();
        Map<String, BigInteger> last = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                SendResult result = sent.get(i).join();
                last.merge(result.shardId(), new BigInteger(result.sequenceNumber()), BigInteger::max);
            } catch (CompletionException e) {
                throw new UsageException(
                        "the event of line " + events.get(i).line() + " was not delivered: "
                                + e.getCause().getMessage(),
                        e);
            }
        }
        return last;
    }
}
