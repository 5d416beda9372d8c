package io.millrace.localaws.kinesis;

/** A stream's state, in AWS's words. */
enum StreamStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING;

    boolean takesRecords() {
        return this == ACTIVE || this == UPDATING;
    }
}
