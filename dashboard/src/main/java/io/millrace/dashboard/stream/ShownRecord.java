package io.millrace.dashboard.stream;

import java.time.Instant;

/**
 * A record as the records viewer shows it.
 *
 * @param sequenceNumber text, for it has more digits than a JavaScript number
 * @param subSequenceNumber its place in an aggregated record; 0 where it stands alone
 * @param aggregated whether it was packed by the Kinesis Producer Library
 * @param bytes of its data
 * @param text the data unpacked, cut where {@code cut}
 */
public record ShownRecord(
        String sequenceNumber,
        long subSequenceNumber,
        boolean aggregated,
        String partitionKey,
        Instant arrival,
        int bytes,
        boolean gzip,
        String text,
        boolean cut) {}
