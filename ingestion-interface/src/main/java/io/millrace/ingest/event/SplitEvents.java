package io.millrace.ingest.event;

import java.util.List;

/** A request's events by their place in it, and what was none. */
public record SplitEvents(List<Found> events, List<Problem> problems) {

    /** An event, its bytes as they came. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
    public record Found(int index, byte[] json) {}

    /** Something at an event's place that is none. */
    public record Problem(int index, String reason) {}
}
