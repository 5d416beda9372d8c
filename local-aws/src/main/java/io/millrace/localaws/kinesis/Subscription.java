package io.millrace.localaws.kinesis;

import java.time.Duration;
import java.time.InstantSource;

/**
 * One SubscribeToShard: a shard's records for five minutes, as messages of an event stream. Whoever carries them asks
 * for one after another with {@link #next}, one thread at a time; everything else is thread-safe.
 */
public final class Subscription implements KinesisAnswer, AutoCloseable {

    /** What {@link #next} found. */
    public sealed interface Step {}

    /** A message to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // handed straight to the HTTP response, never compared
    public record Message(byte[] bytes) implements Step {}

    /** Nothing now: ask again after this time, or when {@link #awaitNext} calls back. */
    public record Wait(Duration atMost) implements Step {}

    /** The subscription is over. */
    public record End() implements Step {}

    /** An idle subscription tells its client this often that it lives, and how far it is. AWS gives no figure. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MAX_RECORDS = 10_000;
    private static final int MAX_BYTES = 1 << 20;

    private final Shard shard;
    private final KinesisStream stream;
    private final EventMessages messages;
    private final InstantSource clock;
    private final Allowance bytes = new Allowance(Limits.SUBSCRIPTION_BYTES);
    private final boolean limited;
    private final long endsMillis;
    private long position;
    private String continuation;
    private long heartbeatMillis;
    private boolean begun;
    private boolean over;
    private volatile ApiException ended;
    private volatile Runnable wake = Subscription::wakeNobody;

    /** @param position index in the shard of the first record */
    Subscription(
            KinesisStream stream,
            Shard shard,
            long position,
            EventMessages messages,
            InstantSource clock,
            boolean limited) {
        this.stream = stream;
        this.shard = shard;
        this.position = position;
        this.messages = messages;
        this.clock = clock;
        this.limited = limited;
        long now = clock.millis();
        this.endsMillis = now + Limits.SUBSCRIPTION_LIFE.toMillis();
        this.heartbeatMillis = now;
        this.continuation = shard.numberBefore(position, now).toString();
    }

    /** The next message, if there is one. */
    public Step next() {
        if (!begun) {
            begun = true;
            return new Message(messages.event("initial-response", out -> {}));
        }
        ApiException reason = ended;
        long now = clock.millis();
        if (over || now >= endsMillis) {
            return new End();
        }
        if (reason != null) {
            over = true;
            return new Message(messages.exception(reason));
        }
        return read(now);
    }

    private Step read(long now) {
        if (limited && !bytes.has(1, now)) {
            return new Wait(Duration.ofMillis(bytes.millisUntil(1)));
        }
        Shard.Read read = shard.read(position, MAX_RECORDS, MAX_BYTES, stream.trimHorizon(now));
        RecordLog.Slice slice = read.slice();
        over = read.reachedEndOfShard();
        if (slice.size() == 0 && !over && now < heartbeatMillis) {
            return new Wait(Duration.ofMillis(Math.min(heartbeatMillis, endsMillis) - now));
        }
        bytes.take(slice.bytes());
        heartbeatMillis = now + HEARTBEAT.toMillis();
        if (slice.next() > position) {
            position = slice.next();
            continuation = shard.numberBefore(position, slice.lastArrival(now)).toString();
        }
        return new Message(messages.event("SubscribeToShardEvent", out -> {
            RecordWriter.writeRecords(out, slice, shard);
            if (over) {
                RecordWriter.writeChildShards(out, read.closing());
            } else {
                out.writeStringField("ContinuationSequenceNumber", continuation);
            }
            out.writeNumberField("MillisBehindLatest", slice.millisBehind(now));
        }));
    }

    /**
     * Says when {@link #next} is worth another call, however long that takes.
     *
     * @param callback hands on and does nothing else, because those who put records wait for it; always the same object
     */
    public void awaitNext(Runnable callback) {
        wake = callback;
        if (ended != null) {
            callback.run();
        } else {
            shard.awaitRecord(position, callback);
        }
    }

    /** Ends it with an exception, which is the last that its client hears. */
    void end(ApiException reason) {
        ended = reason;
        wake.run();
    }

    /** To be called when nobody carries its messages any more. */
    @Override
    public void close() {
        shard.stopAwaiting(wake);
        wake = Subscription::wakeNobody;
    }

    private static void wakeNobody() {}
}
