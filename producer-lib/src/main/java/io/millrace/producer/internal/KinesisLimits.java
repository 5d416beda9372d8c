package io.millrace.producer.internal;

/**
 * What Kinesis Data Streams itself allows. Source: the API reference of {@code PutRecords} and {@code
 * UpdateMaxRecordSize}, and "Quotas and limits" in the Kinesis Data Streams developer guide.
 */
public final class KinesisLimits {

    /** Most records in one {@code PutRecords} request. */
    public static final int REQUEST_RECORDS = 500;

    /** Most bytes in one {@code PutRecords} request: data and partition keys together. */
    public static final int REQUEST_BYTES = 10 * 1024 * 1024;

    /** Most bytes in one record, data and partition key together, where the stream's own maximum is raised to it. */
    public static final int RECORD_BYTES = 10 * 1024 * 1024;

    /** A stream's own maximum for one record, unless it is raised ({@code MaxRecordSizeInKiB} = 1,024). */
    public static final int DEFAULT_RECORD_BYTES = 1024 * 1024;

    /** Longest partition key, in Unicode characters. */
    public static final int PARTITION_KEY_CHARS = 256;

    /** Records that one shard takes in a second. */
    static final int SHARD_RECORDS_PER_SECOND = 1_000;

    /** Bytes that one shard takes in a second, partition keys included. */
    static final int SHARD_BYTES_PER_SECOND = 1024 * 1024;

    private KinesisLimits() {}
}
