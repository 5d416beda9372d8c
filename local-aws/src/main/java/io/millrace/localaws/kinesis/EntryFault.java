package io.millrace.localaws.kinesis;

import java.util.Optional;

/** Lets a test make single entries of PutRecords fail, as Kinesis does when a shard is hot. Called from many threads. */
@FunctionalInterface
public interface EntryFault {

    /** What an entry of PutRecords can fail with; Kinesis has these two. */
    enum Failure {
        PROVISIONED_THROUGHPUT_EXCEEDED,
        INTERNAL_FAILURE
    }

    /** No entry fails. */
    EntryFault NONE = (streamName, shardId) -> Optional.empty();

    /** Decides over one entry that is about to be stored in this shard; a failure keeps it out. */
    Optional<Failure> decide(String streamName, String shardId);
}
