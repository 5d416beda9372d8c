package io.millrace.pipeline.record;

import java.util.List;
import java.util.Optional;

/**
 * A read's records, and what they follow: the shard has no record between that and the first of them.
 *
 * @param follows the place at its first part, where Kinesis's record has several; empty where the reading began at no
 *     record, and where nothing was read
 */
public record LinkedRecords(Optional<Position> follows, List<SourceRecord> records) {

    /** Nothing was read. */
    public static final LinkedRecords NONE = new LinkedRecords(Optional.empty(), List.of());

    /** Records of a reader that misses none, or begins anew with each call, as Lambda does. */
    public static LinkedRecords unlinked(List<SourceRecord> records) {
        return new LinkedRecords(Optional.empty(), records);
    }

    /** Up to where they go, where there are some. */
    public Optional<Position> last() {
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(records.get(records.size() - 1).position());
    }
}
