package io.millrace.producer.internal;

import io.millrace.producer.Aggregation;
import io.millrace.producer.ProducerConfig;

/** Makes records of a slot's first events. Owned by the loop's thread. */
sealed interface Packer permits SinglePacker, LinesPacker, KplPacker {

    static Packer of(ProducerConfig config) {
        return switch (config.aggregation()) {
            case AUTO -> LinesPacker.ofKeysBehind(config);
            case NONE -> new SinglePacker();
            case LINES -> LinesPacker.ofAll(config);
            case KPL -> new KplPacker(config.aggregationBytes());
        };
    }

    /** Whether events share records as a rule, so that a record is worth waiting for until it is full. */
    static boolean fillsRecords(ProducerConfig config) {
        return config.aggregation() == Aggregation.LINES || config.aggregation() == Aggregation.KPL;
    }

    /** Whether a record holds one event's data or several lines of them, so that compression comes after the packing. */
    static boolean joinsLines(ProducerConfig config) {
        return config.aggregation() == Aggregation.LINES || config.aggregation() == Aggregation.AUTO;
    }

    /** The bytes that {@link #pack} would make of the slot's first events, at most. */
    long nextSize(Slot slot);

    /** Takes between one event and {@code mostEvents} of the slot's queue. */
    OutRecord pack(Slot slot, int mostEvents, long now);
}
