package io.millrace.consumer.chaos;

import java.util.List;

/** What can befall the consumers. */
enum Disturbance {
    /** kill -9 of a worker, that is back soon under its name. */
    KILL,
    /** SIGSTOP of a worker for longer than its leases last: when it goes on, others have its shards. */
    FREEZE,
    /** SIGTERM of a worker, that is back when it has ended. */
    STOP,
    /** The stream gets another number of shards, of 2, 3 and 4. */
    RESHARD,
    /** S3, DynamoDB or Kinesis's reads fail for a while. */
    FAULT;

    static final List<Disturbance> ALL = List.of(values());
}
