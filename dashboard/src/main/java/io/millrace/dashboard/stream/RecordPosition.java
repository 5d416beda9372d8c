package io.millrace.dashboard.stream;

import java.time.Instant;

/** Where in a shard to start reading. */
public sealed interface RecordPosition {

    /** The eldest record that is still kept. */
    record TrimHorizon() implements RecordPosition {}

    /** Records that come from now on. */
    record Latest() implements RecordPosition {}

    record AtTimestamp(Instant time) implements RecordPosition {}

    record AtSequenceNumber(String sequenceNumber) implements RecordPosition {}

    record AfterSequenceNumber(String sequenceNumber) implements RecordPosition {}
}
