package io.millrace.localaws.kinesis;

/** Who decides over the number of shards. The stand-in does not scale ON_DEMAND streams by load. */
enum StreamMode {
    PROVISIONED,
    ON_DEMAND
}
