package io.millrace.consumer.kcl;

import io.millrace.pipeline.record.SourceRecord;
import java.util.List;

/**
 * Which place in the shard each answer of GetRecords follows. It goes by the iterator that is asked with: an answer that got
 * lost on its way is followed by the next one where KCL goes on behind it, and not where KCL asks for it again.
 *
 * <p>Places are sequence numbers, or KCL's words for where it begins. Used by the shard's reading thread alone.
 */
final class ReadChain {

    private String iterator;
    private String follows;
    private String reached;

    /** The next iterator is of this place. */
    void goesOnBehind(String place) {
        iterator = null;
        reached = place;
    }

    /** Kinesis is asked, perhaps again. */
    void asks(String next) {
        if (!next.equals(iterator)) {
            iterator = next;
            follows = reached;
        }
    }

    /** The answer to that. */
    WholeRead answered(List<SourceRecord> records) {
        WholeRead read = WholeRead.behind(follows, records);
        reached = read.sequenceNumber();
        return read;
    }

    /** The shard has no more. */
    WholeRead ended() {
        return WholeRead.behind(reached, List.of());
    }

    String reached() {
        return reached;
    }
}
