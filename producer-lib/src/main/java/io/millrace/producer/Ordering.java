package io.millrace.producer;

/** What order the stream keeps. */
public enum Ordering {
    /**
     * Events of one partition key reach the stream in the order in which they were accepted, whatever is refused and
     * sent again on the way. {@code PutRecords} may take a record and refuse the one before it, so a partition key (with
     * {@link Aggregation#KPL} a shard) has one record on its way at a time; {@link Aggregation#AUTO} lets it carry what
     * waits.
     */
    KEY,

    /** No order: more requests at once. A retried event may arrive after its successors. */
    NONE
}
