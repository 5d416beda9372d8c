package io.millrace.localaws.kinesis;

/** Which of AWS's limits a shard keeps to. */
public enum ShardLimits {
    NONE,
    /** For what it gives: readers are as slow as on AWS, and yet much is put in a short time. */
    READS,
    ALL;

    boolean limitReads() {
        return this != NONE;
    }

    boolean limitWrites() {
        return this == ALL;
    }
}
