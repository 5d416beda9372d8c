package io.millrace.producer.internal;

/** What became of a record, or of a request as a whole. */
sealed interface PutOutcome {

    /** Kinesis has it. */
    record Delivered(String shardId, String sequenceNumber) implements PutOutcome {}

    /** Sending it again may help; {@code throttled} where the shard or stream was asked for more than it takes. */
    record Retryable(String code, String message, boolean throttled) implements PutOutcome {}

    /** Refused for what it is. */
    record Rejected(String code, String message) implements PutOutcome {}
}
