package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.SourceRecord;
import java.util.List;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.RequestDetails;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.retrieval.BatchUniqueIdentifier;
import software.amazon.kinesis.retrieval.RecordsDeliveryAck;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RecordsRetrieved;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * KCL's fan-out of one shard, whose reads say which place they follow ({@link WholeRead}).
 *
 * <p>KCL's publisher goes on behind the read that KCL has confirmed last, or has it restart from, and so does the chain: what
 * was handed on and not confirmed comes again, and follows the same place then. Thread-safe. KCL's publisher hands on while
 * it holds its lock, so none of its methods is called under the lock of this.
 */
final class LinkedPublisher implements RecordsPublisher {

    private final RecordsPublisher kcl;
    private final Object lock = new Object();

    private ExtendedSequenceNumber checkpoint;
    private InitialPositionInStreamExtended position;
    private boolean begun;
    private String reached;
    private Linking subscriber;

    LinkedPublisher(RecordsPublisher kcl) {
        this.kcl = kcl;
    }

    @Override
    public void start(ExtendedSequenceNumber checkpoint, InitialPositionInStreamExtended position) {
        kcl.start(checkpoint, position);
        synchronized (lock) {
            this.checkpoint = checkpoint;
            this.position = position;
            begun = false;
            reached = checkpoint.sequenceNumber();
        }
    }

    @Override
    public void restartFrom(RecordsRetrieved read) {
        LinkedRead from = (LinkedRead) read;
        kcl.restartFrom(from.original());
        synchronized (lock) {
            goesOnBehind(from);
        }
    }

    @Override
    public void notify(RecordsDeliveryAck ack) {
        synchronized (lock) {
            if (subscriber != null && subscriber.isAwaiting(ack)) {
                goesOnBehind(subscriber.handedOn);
            }
        }
        kcl.notify(ack);
    }

    private void goesOnBehind(LinkedRead read) {
        begun = true;
        reached = read.whole().sequenceNumber();
    }

    @Override
    public void subscribe(Subscriber<? super RecordsRetrieved> receiver) {
        Linking linking = new Linking(receiver);
        boolean atCheckpoint;
        synchronized (lock) {
            subscriber = linking;
            atCheckpoint = !begun;
        }
        if (atCheckpoint) { // a second subscription would begin behind the checkpoint, which may be amid an aggregate
            kcl.start(checkpoint, position);
        }
        kcl.subscribe(linking);
    }

    @Override
    public void shutdown() {
        kcl.shutdown();
    }

    @Override
    public RequestDetails getLastSuccessfulRequestDetails() {
        return kcl.getLastSuccessfulRequestDetails();
    }

    /** What KCL gets instead of its own read, and gives back. */
    private record LinkedRead(RecordsRetrieved original, WholeRead whole) implements RecordsRetrieved {

        @Override
        public ProcessRecordsInput processRecordsInput() {
            return original.processRecordsInput().toBuilder()
                    .records(List.of(whole))
                    .build();
        }

        @Override
        public BatchUniqueIdentifier batchUniqueIdentifier() {
            return original.batchUniqueIdentifier();
        }
    }

    /** Links what KCL's publisher hands on. */
    private final class Linking implements Subscriber<RecordsRetrieved> {

        private final Subscriber<? super RecordsRetrieved> receiver;
        private LinkedRead handedOn;

        Linking(Subscriber<? super RecordsRetrieved> receiver) {
            this.receiver = receiver;
        }

        boolean isAwaiting(RecordsDeliveryAck ack) {
            return handedOn != null && handedOn.batchUniqueIdentifier().equals(ack.batchUniqueIdentifier());
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            receiver.onSubscribe(subscription);
        }

        @Override
        public void onNext(RecordsRetrieved read) {
            List<SourceRecord> records = read.processRecordsInput().records().stream()
                    .map(KclRecords::toSource)
                    .toList();
            LinkedRead linked;
            synchronized (lock) {
                linked = new LinkedRead(read, WholeRead.behind(reached, records));
                handedOn = linked;
            }
            receiver.onNext(linked);
        }

        @Override
        public void onError(Throwable failure) {
            receiver.onError(failure);
        }

        @Override
        public void onComplete() {
            receiver.onComplete();
        }
    }
}
