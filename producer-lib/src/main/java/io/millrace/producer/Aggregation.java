package io.millrace.producer;

/** How events become Kinesis records. */
public enum Aggregation {
    /**
     * Each event is its own record as long as its partition key keeps up. A key has one record on its way at a time; where
     * events of a key wait behind it (20 or more of them, or one for 100 ms longer than the
     * linger), JSON objects among them share a record as {@link #LINES}. With {@link Ordering#NONE} nothing waits so, and
     * this is {@link #NONE}.
     */
    AUTO,
    /** Each event is its own record: what {@code aws kinesis get-records} shows is one event. */
    NONE,

    /**
     * Events of one partition key that wait together share a record as lines ({@code \n} between them). For JSON
     * events only; an event that holds a raw line break goes alone.
     */
    LINES,

    /**
     * Events of one shard share a record in the Kinesis Producer Library's format, which KCL, Lambda's and Firehose's
     * de-aggregation take apart again.
     */
    KPL
}
