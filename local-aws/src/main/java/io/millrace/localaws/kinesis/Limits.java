package io.millrace.localaws.kinesis;

import java.time.Duration;

/** What AWS fixed. Sources: the API reference of each operation, and "Quotas and limits" in the developer guide. */
final class Limits {

    /** PutRecords: entries a request. */
    static final int PUT_ENTRIES = 500;

    /** PutRecords: data and partition keys of a request. */
    static final int PUT_BYTES = 10 << 20;

    /** PutRecord, PutRecords: characters of a partition key. */
    static final int PARTITION_KEY_CHARS = 256;

    /** UpdateMaxRecordSize: the smallest and, until it is called, the default limit of a record's data and key. */
    static final int MIN_MAX_RECORD_KIB = 1_024;

    /** UpdateMaxRecordSize: the largest limit. */
    static final int MAX_MAX_RECORD_KIB = 10_240;

    /** GetRecords: records a call. */
    static final int GET_RECORDS = 10_000;

    /** GetRecords: bytes a call. */
    static final int GET_BYTES = 10 << 20;

    /** GetShardIterator. */
    static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

    /** ListShards. */
    static final Duration NEXT_TOKEN_LIFE = Duration.ofMinutes(5);

    /** ListShards: the most, and the default. */
    static final int LIST_SHARDS = 1_000;

    /** ListShards: the largest MaxResults that is accepted. */
    static final int LIST_SHARDS_ACCEPTED = 10_000;

    /** DescribeStream: the most, and the default. */
    static final int DESCRIBE_SHARDS = 100;

    /** ListStreams: the most, and the default. */
    static final int LIST_STREAMS = 100;

    /** DescribeStream, ListStreams: the largest Limit that is accepted. */
    static final int LIMIT_ACCEPTED = 10_000;

    /** IncreaseStreamRetentionPeriod, DecreaseStreamRetentionPeriod; the least is the default too. */
    static final int MIN_RETENTION_HOURS = 24;

    /** 365 days. */
    static final int MAX_RETENTION_HOURS = 8_760;

    /** CreateStream: streams in the state CREATING. */
    static final int STREAMS_CREATING = 5;

    /** Shards an account, in the largest regions. */
    static final int SHARDS_PER_ACCOUNT = 20_000;

    /** UpdateShardCount. */
    static final int SHARDS_PER_STREAM = 10_000;

    /** Streams in the mode ON_DEMAND an account. */
    static final int ON_DEMAND_STREAMS = 50;

    /** The shards of a new stream in the mode ON_DEMAND. */
    static final int ON_DEMAND_SHARDS = 4;

    /** RegisterStreamConsumer: consumers a stream (50 only with On-demand Advantage). */
    static final int CONSUMERS = 20;

    /** RegisterStreamConsumer: consumers of a stream in the state CREATING. */
    static final int CONSUMERS_CREATING = 5;

    /** ListStreamConsumers: the default. */
    static final int LIST_CONSUMERS = 100;

    /** ListStreamConsumers: the most. */
    static final int LIST_CONSUMERS_ACCEPTED = 10_000;

    /** SubscribeToShard. */
    static final Duration SUBSCRIPTION_LIFE = Duration.ofMinutes(5);

    /** SubscribeToShard: the same consumer and shard again any sooner is ResourceInUseException. */
    static final Duration SUBSCRIBE_AGAIN = Duration.ofSeconds(5);

    /** SubscribeToShard: calls for the same consumer and shard come no faster. */
    static final Duration SUBSCRIBE_CALL = Duration.ofSeconds(1);

    /** SubscribeToShard: bytes a second for each consumer and shard. */
    static final int SUBSCRIPTION_BYTES = 2 << 20;

    /** Tags a stream. */
    static final int TAGS = 50;

    static final int TAG_KEY_CHARS = 128;

    static final int TAG_VALUE_CHARS = 256;

    private Limits() {}
}
