package io.millrace.consumer.status;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.BatchCommitted;
import io.millrace.pipeline.event.PipelineEvent.BatchCounts;
import io.millrace.pipeline.event.PipelineEvent.ObjectPut;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What this process has done since its start, for {@code /status}. Thread-safe. */
public final class Totals implements Consumer<PipelineEvent> {

    private final InstantSource clock;
    private final LongAdder records = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder deduplicated = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder objects = new LongAdder();
    private final LongAdder objectBytes = new LongAdder();
    private final AtomicReference<Instant> lastCommit = new AtomicReference<>();

    public Totals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void accept(PipelineEvent event) {
        if (event instanceof BatchCommitted batch) {
            BatchCounts counts = batch.counts();
            records.add(counts.records());
            written.add(counts.written());
            deadLettered.add(counts.deadLettered());
            deduplicated.add(counts.deduplicated());
            batches.increment();
            lastCommit.set(clock.instant());
        } else if (event instanceof ObjectPut put) {
            objects.increment();
            objectBytes.add(put.bytes());
        }
    }

    void writeTo(JsonGenerator json) throws IOException {
        Instant last = lastCommit.get();
        json.writeObjectFieldStart("totals");
        json.writeNumberField("records", records.sum());
        json.writeNumberField("written", written.sum());
        json.writeNumberField("deadLettered", deadLettered.sum());
        json.writeNumberField("deduplicated", deduplicated.sum());
        json.writeNumberField("batches", batches.sum());
        json.writeNumberField("objects", objects.sum());
        json.writeNumberField("objectBytes", objectBytes.sum());
        json.writeStringField("lastCommit", last == null ? null : last.toString());
        json.writeEndObject();
    }
}
