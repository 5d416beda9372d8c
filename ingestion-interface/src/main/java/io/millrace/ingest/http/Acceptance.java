package io.millrace.ingest.http;

import io.millrace.ingest.event.SplitEvents;
import io.millrace.producer.BufferFullException;
import io.millrace.producer.LogProducer;
import io.millrace.producer.ProducerClosedException;
import io.millrace.producer.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives a request's events to the producer, all or none, so that a refused request can be sent again as it is. */
final class Acceptance {
    private static final int RETRY_AFTER_SECONDS = 1;

    /** An event that the producer has, by its place in the request. */
    record Sent(int index, CompletableFuture<SendResult> future) {}

    /** What became of a request's events. */
    record Accepted(List<Sent> events, List<SplitEvents.Problem> problems) {}

    private final LogProducer producer;
    private final int maxEventBytes;

    Acceptance(LogProducer producer, int maxEventBytes) {
        this.producer = producer;
        this.maxEventBytes = maxEventBytes;
    }

    /** @throws RefusedException with 429 where the buffer has no room, with 503 while stopping */
    Accepted accept(SplitEvents split) {
        List<SplitEvents.Problem> problems = new ArrayList<>(split.problems());
        List<SplitEvents.Found> fitting = new ArrayList<>();
        for (SplitEvents.Found event : split.events()) {
            int bytes = event.json().length
                    + producer.partitionKey(event.json()).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            if (bytes <= maxEventBytes) {
                fitting.add(event);
            } else {
                problems.add(new SplitEvents.Problem(
                        event.index(),
                        bytes + " bytes with its partition key, allowed are " + maxEventBytes
                                + " (PRODUCER_MAX_RECORD_BYTES)"));
            }
        }
        List<CompletableFuture<SendResult>> futures =
                send(fitting.stream().map(SplitEvents.Found::json).toList());
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < fitting.size(); i++) {
            sent.add(new Sent(fitting.get(i).index(), futures.get(i)));
        }
        return new Accepted(sent, problems);
    }

    private List<CompletableFuture<SendResult>> send(List<byte[]> events) {
        try {
            return producer.sendAll(events, Duration.ZERO);
        } catch (BufferFullException e) {
            throw new RefusedException(Answer.later(
                    429, "Kinesis takes less than arrives; nothing was accepted, send it again", RETRY_AFTER_SECONDS));
        } catch (ProducerClosedException e) {
            throw new RefusedException(Answer.later(503, "stopping; nothing was accepted", RETRY_AFTER_SECONDS));
        }
    }
}
