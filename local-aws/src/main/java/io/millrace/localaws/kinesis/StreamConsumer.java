package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A registered consumer of one stream, with its subscriptions: one a shard at most. Thread-safe. */
final class StreamConsumer {

    /** What one shard has seen of this consumer. */
    private static final class Slot {
        private Subscription current;
        private long begunMillis;
        private long refusedMillis = Long.MIN_VALUE / 2;
    }

    private final String name;
    private final String arn;
    private final long createdMillis;
    private final long activeMillis;
    private final Map<Integer, Slot> slots = new HashMap<>();
    private boolean deregistered;
    private long goneMillis;

    StreamConsumer(String name, String arn, long createdMillis, long activeMillis) {
        this.name = name;
        this.arn = arn;
        this.createdMillis = createdMillis;
        this.activeMillis = activeMillis;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    synchronized StreamStatus status(long nowMillis) {
        if (deregistered) {
            return StreamStatus.DELETING;
        }
        return nowMillis < activeMillis ? StreamStatus.CREATING : StreamStatus.ACTIVE;
    }

    synchronized boolean isGone(long nowMillis) {
        return deregistered && nowMillis >= goneMillis;
    }

    /** Ends its subscriptions; it is DELETING until that time. */
    synchronized void deregister(long untilMillis) {
        if (!deregistered) {
            deregistered = true;
            goneMillis = untilMillis;
            ApiException gone = ApiException.notFound("Consumer " + arn + " was deregistered.");
            slots.values().forEach(slot -> slot.current.end(gone));
        }
    }

    /**
     * Begins a subscription, which takes over from this consumer's last one to the shard, as long as that is five
     * seconds old (API reference, SubscribeToShard).
     */
    synchronized Subscription subscribe(Shard shard, long nowMillis, Supplier<Subscription> factory) {
        StreamStatus status = status(nowMillis);
        if (status != StreamStatus.ACTIVE) {
            throw ApiException.inUse("Consumer " + arn + " is not ACTIVE, instead in state " + status + ".");
        }
        Slot slot = slots.get(shard.index());
        if (slot != null) {
            refuseTooSoon(slot, shard, nowMillis);
            slot.current.end(ApiException.inUse(
                    "Another subscription of consumer " + arn + " took over shard " + shard.id() + "."));
        }
        Subscription begun = factory.get();
        Slot next = new Slot();
        next.current = begun;
        next.begunMillis = nowMillis;
        slots.put(shard.index(), next);
        return begun;
    }

    private void refuseTooSoon(Slot slot, Shard shard, long nowMillis) {
        if (nowMillis - slot.begunMillis >= Limits.SUBSCRIBE_AGAIN.toMillis()) {
            return;
        }
        boolean tooFast = nowMillis - slot.refusedMillis < Limits.SUBSCRIBE_CALL.toMillis();
        slot.refusedMillis = nowMillis;
        String who = "Consumer " + arn + " and shard " + shard.id();
        throw tooFast
                ? ApiException.limitExceeded(who + ": SubscribeToShard may be called once a second.")
                : ApiException.inUse(who + " have a subscription that is less than "
                        + Limits.SUBSCRIBE_AGAIN.toSeconds() + " seconds old.");
    }

    /** The API's {@code Consumer} object, or its {@code ConsumerDescription}, which names the stream too. */
    void write(JsonGenerator out, long nowMillis) throws IOException {
        out.writeStringField("ConsumerName", name);
        out.writeStringField("ConsumerARN", arn);
        out.writeStringField("ConsumerStatus", status(nowMillis).name());
        Wire.writeTimestamp(out, "ConsumerCreationTimestamp", createdMillis);
    }
}
