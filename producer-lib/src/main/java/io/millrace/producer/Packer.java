package io.millrace.producer;

/** Makes records of a slot's first events. */
sealed interface Packer permits SinglePacker {

    /** The bytes that {@link #pack} would make of the slot's first events, at most. */
    long nextSize(Slot slot);

    /** Takes between one event and {@code mostEvents} of the slot's queue. */
    OutRecord pack(Slot slot, int mostEvents);
}
