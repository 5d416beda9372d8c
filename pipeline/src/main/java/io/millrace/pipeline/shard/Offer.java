package io.millrace.pipeline.shard;

/** What a shard says to a record that it is offered. */
sealed interface Offer {

    /** The record is in the buffer, or the shard does not want it: go on with the next one. */
    record Taken() implements Offer {}

    /** Reserve this many bytes of the memory budget, then offer the record again. */
    record NeedsMemory(long bytes) implements Offer {}

    /** The open batch is full, and the batch before it is still being committed: wait for that, then offer again. */
    record Full(Commit inTheWay) implements Offer {}

    /** The one instance: every record ends with it. */
    Taken TAKEN = new Taken();
}
