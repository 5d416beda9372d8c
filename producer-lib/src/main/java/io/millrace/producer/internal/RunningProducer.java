package io.millrace.producer.internal;

import io.millrace.producer.CloseReport;
import io.millrace.producer.Compression;
import io.millrace.producer.DeliveryTimeoutException;
import io.millrace.producer.Outgoing;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerException;
import io.millrace.producer.ProducerMetrics;
import io.millrace.producer.RecordRejectedException;
import io.millrace.producer.SendResult;
import io.millrace.producer.StreamProducer;
import io.millrace.producer.Totals;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The producer that sends: callers put into the intake, the loop's thread runs the pipeline. */
final class RunningProducer implements StreamProducer {
    private static final Logger LOG = LoggerFactory.getLogger(StreamProducer.class);
    private static final String CALLBACKS = "millrace-producer-callbacks";

    private final ProducerConfig config;
    private final KinesisPort kinesis;
    private final Optional<Spill> spill;
    private final LongSupplier clock;
    private final Ledger ledger = new Ledger();
    private final Intake intake;
    private final Pipeline pipeline;
    private final Loop loop;
    private final Thread loopThread;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(Threads.named(CALLBACKS));
    private final AtomicReference<CloseReport> closed = new AtomicReference<>();

    RunningProducer(ProducerConfig config, KinesisPort kinesis, ProducerMetrics metrics, Optional<Spill> spill) {
        this.config = config;
        this.kinesis = kinesis;
        this.spill = spill;
        long origin = System.nanoTime();
        this.clock = () -> System.nanoTime() - origin;
        spill.ifPresent(s -> {
            ledger.accepted(s.recovered());
            ledger.spilled(s.recovered());
        });
        this.intake = new Intake(config, ledger, spill);
        Settlements settlements = new Settlements(ledger, intake, callbacks);
        Optional<SpillFeed> feed = spill.map(s -> new SpillFeed(s, intake, ledger, settlements));
        this.pipeline = new Pipeline(config, kinesis, intake::post, settlements, feed, metrics, clock, new Random());
        this.loop = new Loop(intake, pipeline, clock);
        this.loopThread = Threads.named("millrace-producer").newThread(loop);
        this.loopThread.start();
    }

    @Override
    public CompletableFuture<SendResult> send(String partitionKey, byte[] data) {
        return send(partitionKey, data, config.maxBlock());
    }

    @Override
    public CompletableFuture<SendResult> send(String partitionKey, byte[] data, Duration maxBlock) {
        Event event = event(partitionKey, data, clock.getAsLong());
        accept(List.of(event), maxBlock);
        return event.future;
    }

    @Override
    public List<CompletableFuture<SendResult>> sendAll(List<Outgoing> outgoing, Duration maxBlock) {
        long now = clock.getAsLong();
        List<Event> events = outgoing.stream()
                .map(one -> event(one.partitionKey(), one.data(), now))
                .toList();
        accept(events, maxBlock);
        return events.stream().map(event -> event.future).toList();
    }

    private void accept(List<Event> events, Duration maxBlock) {
        // The callback thread makes room in the buffer, so it cannot wait for it.
        boolean callback = Thread.currentThread().getName().equals(CALLBACKS);
        intake.put(events, callback ? Duration.ZERO : maxBlock);
    }

    private Event event(String key, byte[] raw, long now) {
        int length = key.codePointCount(0, key.length());
        if (length < 1 || length > KinesisLimits.PARTITION_KEY_CHARS) {
            throw new IllegalArgumentException("a partition key has 1 to 256 characters, this one " + length);
        }
        boolean compress = config.compression() == Compression.GZIP && !Packer.joinsLines(config);
        byte[] data = compress ? Gzip.compress(raw) : raw;
        Event event = new Event(key, data, now, new CompletableFuture<>());
        if (event.size() > config.maxRecordBytes()) {
            throw new RecordRejectedException("an event of " + event.size() + " bytes is larger than a record may be: "
                    + config.maxRecordBytes() + " bytes with its partition key (PRODUCER_MAX_RECORD_BYTES)");
        }
        return event;
    }

    @Override
    public SendResult sendAndWait(String partitionKey, byte[] data) {
        return await(send(partitionKey, data), Duration.ofDays(365));
    }

    @Override
    public SendResult sendAndWait(String partitionKey, byte[] data, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration maxBlock = timeout.compareTo(config.maxBlock()) < 0 ? timeout : config.maxBlock();
        CompletableFuture<SendResult> sent = send(partitionKey, data, maxBlock);
        return await(sent, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryTimeoutException("interrupted while waiting for the delivery");
        } catch (TimeoutException e) {
            throw new DeliveryTimeoutException("not delivered within " + Units.format(timeout) + ", still on its way");
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof ProducerException p
                    ? p
                    : new ProducerException("sending failed", e.getCause());
        }
    }

    @Override
    public void flush() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        intake.post(() -> pipeline.flush(done));
        await(done, Duration.ofDays(365));
    }

    @Override
    public Totals totals() {
        return ledger.totals();
    }

    @Override
    public long bufferedBytes() {
        return intake.usedBytes();
    }

    @Override
    public void close() {
        close(config.closeTimeout());
    }

    @Override
    public synchronized CloseReport close(Duration deadline) {
        if (closed.get() != null) {
            return closed.get();
        }
        intake.close();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        intake.post(() -> {
            pipeline.close();
            pipeline.flush(sent);
        });
        Totals before = ledger.totals();
        try {
            await(sent, deadline);
        } catch (DeliveryTimeoutException e) {
            LOG.warn(
                    "{} of {} logs were not delivered within {}",
                    ledger.totals().pending(),
                    before.accepted(),
                    deadline);
        }
        loop.stop();
        boolean interrupted = Thread.interrupted();
        joinLoop();
        callbacks.shutdown();
        kinesis.close();
        closeSpill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Totals after = ledger.totals();
        closed.set(new CloseReport(
                after.expired() - before.expired() + after.rejected() - before.rejected(), after.spilled()));
        return closed.get();
    }

    private void closeSpill() {
        try {
            if (spill.isPresent()) {
                spill.get().close();
            }
        } catch (IOException e) {
            LOG.error("the spill file did not close cleanly", e);
        }
    }

    private void joinLoop() {
        try {
            loopThread.join(TimeUnit.SECONDS.toMillis(10));
            callbacks.submit(() -> {}).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a continuation of a send's future holds up the close", e);
        }
    }
}
