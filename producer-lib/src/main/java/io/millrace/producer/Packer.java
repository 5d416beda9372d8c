package io.millrace.producer;

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

    /** The bytes that {@link #pack} would make of the slot's first events, at most. */
    long nextSize(Slot slot);

    /** Takes between one event and {@code mostEvents} of the slot's queue. */
    OutRecord pack(Slot slot, int mostEvents, long now);
}
