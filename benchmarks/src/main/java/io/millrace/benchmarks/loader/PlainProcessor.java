package io.millrace.benchmarks.loader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Buffers a batch, puts its objects, checkpoints: at least once. */
final class PlainProcessor implements ShardRecordProcessor {

    /** What it does beside KCL's part. */
    enum Style {
        /** Copies all into one object, and looks at nothing. */
        COPY,
        /** An object for each output partition, one after another, as AWS's samples put theirs. */
        PARTITIONED,
        /** The same, but all are put at once. */
        AT_ONCE
    }

    private final Objects objects;
    private final ObjectMapper mapper;
    private final Style style;
    private final Duration flush;

    private final Map<String, ByteArrayOutputStream> bodies = new HashMap<>();
    private long oldest;

    PlainProcessor(Objects objects, ObjectMapper mapper, Style style, Duration flush) {
        this.objects = objects;
        this.mapper = mapper;
        this.style = style;
        this.flush = flush;
    }

    @Override
    public void initialize(InitializationInput input) {
        System.out.println(Loader.STARTED + ": " + input.shardId());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        for (KinesisClientRecord record : input.records()) {
            if (bodies.isEmpty()) {
                oldest = System.nanoTime();
            }
            append(record.data());
        }
        if (!bodies.isEmpty() && System.nanoTime() - oldest >= flush.toNanos()) {
            commit(input.checkpointer());
        }
    }

    private void append(ByteBuffer data) {
        byte[] event = new byte[data.remaining()];
        data.get(event);
        ByteArrayOutputStream body =
                bodies.computeIfAbsent(style == Style.COPY ? "all" : folder(event), key -> new ByteArrayOutputStream());
        body.write(event, 0, event.length);
        body.write('\n');
    }

    private String folder(byte[] event) {
        try {
            JsonNode tree = mapper.readTree(event);
            return Folders.of(
                    tree.path("service").asText(), tree.path("timestamp").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void commit(RecordProcessorCheckpointer checkpointer) {
        List<CompletableFuture<?>> puts = new ArrayList<>();
        while (!bodies.isEmpty()) { // the put has a copy of its own
            String folder = bodies.keySet().iterator().next();
            CompletableFuture<?> put = objects.put(folder, bodies.remove(folder));
            if (style != Style.AT_ONCE) {
                put.join();
            }
            puts.add(put);
        }
        CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).join();
        try {
            checkpointer.checkpoint();
        } catch (InvalidStateException | ShutdownException e) {
            throw new IllegalStateException("no checkpoint", e);
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        bodies.clear();
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        commit(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        commit(input.checkpointer());
    }
}
