package io.millrace.pipeline.record;

/** The records from {@code first} to {@code last} of one shard, both included. */
public record SequenceRange(Position first, Position last) {

    public SequenceRange {
        if (first.isAfter(last)) {
            throw new IllegalArgumentException("a range runs forwards, not from " + first + " to " + last);
        }
    }

    @Override
    public String toString() {
        return "[" + first + " .. " + last + "]";
    }
}
