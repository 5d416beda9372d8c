package io.millrace.consumer.kcl;

import io.millrace.consumer.kcl.LinkedReads.Step;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.PipelineRig;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.RequestDetails;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.retrieval.BatchUniqueIdentifier;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RecordsDeliveryAck;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RecordsRetrieved;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Whatever reads are lost, begun again and skipped: nothing is committed behind a gap, and nothing else stops a shard. */
class LinkedReadsTest {

    @Property
    void polling(
            @ForAll @Size(max = 40) List<Step> steps,
            @ForAll @IntRange(min = 1, max = 5) int records,
            @ForAll @IntRange(max = 3) int checkpoint) {
        new Polled(checkpoint).run(steps, records);
    }

    @Property
    void fanOut(
            @ForAll @Size(max = 40) List<Step> steps,
            @ForAll @IntRange(min = 1, max = 5) int records,
            @ForAll @IntRange(max = 3) int checkpoint) {
        new FannedOut(checkpoint).run(steps, records);
    }

    private static List<SourceRecord> records(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(number -> PipelineRig.record(number, "{\"n\":" + number + "}"))
                .toList();
    }

    /** KCL's fetcher in small: an iterator is good for the read that it names, and its answer names the next. */
    private static final class Polled extends LinkedReads {

        private final ReadChain chain = new ReadChain();
        private long next;
        private int answers;
        private String iterator = "0";
        private long acceptedUpTo;

        Polled(int checkpoint) {
            super(checkpoint);
            next = Math.max(1, checkpoint); // at the checkpoint, not behind it
            acceptedUpTo = checkpoint;
            chain.goesOnBehind(checkpoint());
        }

        @Override
        void step(Step step, int records) {
            switch (step) {
                case ARRIVES -> comes(read(records));
                case IS_EMPTY -> comes(read(0));
                case IS_SKIPPED -> read(records);
                case RESTARTS -> {
                    chain.goesOnBehind(acceptedUpTo == 0 ? "TRIM_HORIZON" : Long.toString(acceptedUpTo));
                    iterator = "restarted " + answers++;
                    next = acceptedUpTo + 1;
                }
                case BEGINS_ANEW -> {
                    chain.goesOnBehind(chain.reached());
                    iterator = "found " + answers++;
                    next = Math.max(1, next - 1); // at the last record, not behind it
                }
            }
        }

        private WholeRead read(int records) {
            chain.asks(iterator);
            if (answers % 3 == 0) {
                chain.answered(records(next, records + 1)); // gets lost, and KCL asks with the same iterator
                chain.asks(iterator);
            }
            WholeRead read = chain.answered(records(next, records));
            iterator = "next " + answers++;
            next += records;
            acceptedUpTo = next - 1;
            return read;
        }
    }

    /** KCL's fan-out in small: it goes on behind what is confirmed. */
    private static final class FannedOut extends LinkedReads implements RecordsPublisher, Subscriber<RecordsRetrieved> {

        private final LinkedPublisher publisher = new LinkedPublisher(this);
        private final List<RecordsRetrieved> handedOn = new ArrayList<>();
        private Subscriber<? super RecordsRetrieved> subscriber;
        private Fanned unconfirmed;
        private long next;
        private RecordsRetrieved accepted;

        private record Fanned(ProcessRecordsInput processRecordsInput, long next, BatchUniqueIdentifier identifier)
                implements RecordsRetrieved {

            @Override
            public BatchUniqueIdentifier batchUniqueIdentifier() {
                return identifier;
            }
        }

        FannedOut(int checkpoint) {
            super(checkpoint);
            publisher.start(new ExtendedSequenceNumber(checkpoint()), null);
            publisher.subscribe(this);
        }

        @Override
        void step(Step step, int records) {
            switch (step) {
                case ARRIVES -> comes(received(records));
                case IS_EMPTY -> comes(received(0));
                case IS_SKIPPED -> received(records);
                case RESTARTS -> {
                    if (accepted != null) {
                        publisher.restartFrom(accepted);
                    }
                    publisher.subscribe(this);
                }
                case BEGINS_ANEW -> {
                    handOn(records); // and KCL confirms it too late
                    RecordsDeliveryAck late = handedOn.get(handedOn.size() - 1)::batchUniqueIdentifier;
                    publisher.subscribe(this);
                    publisher.notify(late);
                }
            }
        }

        private WholeRead received(int records) {
            handOn(records);
            accepted = handedOn.get(handedOn.size() - 1);
            publisher.notify(accepted::batchUniqueIdentifier);
            return (WholeRead) accepted.processRecordsInput().records().get(0);
        }

        private void handOn(int records) {
            List<KinesisClientRecord> kcls = records(next, records).stream()
                    .map(record -> KinesisClientRecord.builder()
                            .sequenceNumber(record.position().sequenceNumber())
                            .partitionKey(record.partitionKey())
                            .approximateArrivalTimestamp(record.arrival())
                            .data(record.data())
                            .build())
                    .toList();
            unconfirmed = new Fanned(
                    ProcessRecordsInput.builder().records(kcls).build(),
                    next + records,
                    new BatchUniqueIdentifier(UUID.randomUUID().toString(), "flow"));
            subscriber.onNext(unconfirmed);
        }

        @Override
        public void start(ExtendedSequenceNumber checkpoint, InitialPositionInStreamExtended position) {
            next = checkpoint.isSentinelCheckpoint() ? 1 : Long.parseLong(checkpoint.sequenceNumber());
        }

        @Override
        public void restartFrom(RecordsRetrieved read) {
            next = ((Fanned) read).next();
        }

        @Override
        public void notify(RecordsDeliveryAck ack) {
            if (unconfirmed != null && unconfirmed.identifier().equals(ack.batchUniqueIdentifier())) {
                next = unconfirmed.next();
                unconfirmed = null;
            }
        }

        @Override
        public void subscribe(Subscriber<? super RecordsRetrieved> receiver) {
            subscriber = receiver;
            unconfirmed = null;
        }

        @Override
        public void shutdown() {}

        @Override
        public RequestDetails getLastSuccessfulRequestDetails() {
            return new RequestDetails();
        }

        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public void onNext(RecordsRetrieved read) {
            handedOn.add(read);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
