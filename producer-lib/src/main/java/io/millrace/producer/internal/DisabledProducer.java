package io.millrace.producer.internal;

import io.millrace.producer.CloseReport;
import io.millrace.producer.Outgoing;
import io.millrace.producer.SendResult;
import io.millrace.producer.StreamProducer;
import io.millrace.producer.Totals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts and drops, and says so once. */
final class DisabledProducer implements StreamProducer {
    private static final SendResult DROPPED = new SendResult("", "", 0, SendResult.Whereabouts.DROPPED);

    private final Ledger ledger = new Ledger();

    DisabledProducer() {
        Logger log = LoggerFactory.getLogger(StreamProducer.class);
        log.warn("KINESIS_ENABLED is false: every log given to this producer is dropped");
    }

    @Override
    public CompletableFuture<SendResult> send(String partitionKey, byte[] data) {
        ledger.dropped();
        return CompletableFuture.completedFuture(DROPPED);
    }

    @Override
    public CompletableFuture<SendResult> send(String partitionKey, byte[] data, Duration maxBlock) {
        return send(partitionKey, data);
    }

    @Override
    public List<CompletableFuture<SendResult>> sendAll(List<Outgoing> events, Duration maxBlock) {
        return events.stream().map(e -> send(e.partitionKey(), e.data())).toList();
    }

    @Override
    public SendResult sendAndWait(String partitionKey, byte[] data) {
        return send(partitionKey, data).join();
    }

    @Override
    public SendResult sendAndWait(String partitionKey, byte[] data, Duration timeout) {
        return send(partitionKey, data).join();
    }

    @Override
    public void flush() {}

    @Override
    public Totals totals() {
        return ledger.totals();
    }

    @Override
    public long bufferedBytes() {
        return 0;
    }

    @Override
    public void close() {}

    @Override
    public CloseReport close(Duration deadline) {
        return new CloseReport(0, 0);
    }
}
