package io.millrace.consumer.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * An answer's content with its records taken out; all of it where they cannot be.
 *
 * @param content comes in pieces that are nobody else's
 * @param call whose records they are
 */
record WithoutRecords(Publisher<ByteBuffer> content, ReadCall call) implements Publisher<ByteBuffer> {

    /** Three times the most that GetRecords answers (API reference: 10 MiB), for keys and numbers come on top. */
    private static final int LIMIT_BYTES = 32 << 20;

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        content.subscribe(new Collector(subscriber));
    }

    /** Asks for all pieces at once, and gives one on. */
    private final class Collector implements Subscriber<ByteBuffer>, Subscription {

        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean asked = new AtomicBoolean();
        private final List<ByteBuffer> pieces = new ArrayList<>();
        private Subscription upstream;
        private int length;
        private boolean ended;

        Collector(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            if (asked.compareAndSet(false, true)) {
                upstream.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void cancel() {
            upstream.cancel();
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (ended) {
                return;
            }
            if (piece.remaining() > LIMIT_BYTES - length) {
                onError(new IOException("Kinesis answered with more than " + LIMIT_BYTES + " bytes"));
                upstream.cancel();
                return;
            }
            length += piece.remaining();
            pieces.add(piece.hasArray() ? piece : copy(List.of(piece), piece.remaining()));
        }

        @Override
        public void onError(Throwable failure) {
            if (!ended) {
                end();
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (ended) {
                return;
            }
            Optional<AnswerBody> answer = AnswerBody.read(pieces);
            answer.ifPresent(call::answered);
            ByteBuffer left = answer.map(AnswerBody::rest).orElseGet(() -> copy(pieces, length));
            end();
            subscriber.onNext(left);
            subscriber.onComplete();
        }

        /** The SDK's idle connections refer to this object until their next call. */
        private void end() {
            ended = true;
            pieces.clear();
        }
    }

    private static ByteBuffer copy(List<ByteBuffer> pieces, int length) {
        ByteBuffer all = ByteBuffer.allocate(length);
        pieces.forEach(piece -> all.put(piece.duplicate()));
        return all.flip();
    }
}
