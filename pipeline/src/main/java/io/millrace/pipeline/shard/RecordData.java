package io.millrace.pipeline.shard;

import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.lake.event.Braces;
import io.millrace.lake.event.EventFields;
import io.millrace.pipeline.parse.Gzip;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.record.SourceRecord;
import java.io.IOException;
import java.util.Optional;

/** Reads records' data into an array, inflating gzip. Reuses its array; not thread-safe. */
final class RecordData {

    private static final int KEPT_BYTES = 256 << 10;
    /** For what stands around the events, or a dead letter's own fields. */
    private static final int SLACK_BYTES = 1 << 10;
    /** What is compressed may hold shorter ones, but hardly many of them. */
    private static final int SHORT_EVENT_BYTES = 16;

    /** A service and an id are read with their escapes and without, and may take two bytes a character. */
    private static final int TEXT_COPIES = 9;

    private byte[] scratch = new byte[4096];
    private byte[] data;
    private int length;
    private int inflateLimit;
    private Optional<Malformed> problem = Optional.empty();

    /** Reads the record as it came. */
    void read(SourceRecord record) {
        length = record.data().remaining();
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, Math.min(KEPT_BYTES, scratch.length * 2))];
        }
        data = scratch;
        record.data().get(record.data().position(), data, 0, length);
        inflateLimit = Gzip.isGzip(data, length) ? Gzip.claimedLength(data, length) : 0;
        problem = Optional.empty();
        if (scratch.length > KEPT_BYTES) {
            scratch = new byte[KEPT_BYTES];
        }
    }

    /** Bytes of lines that the record may become, line ends included: all of it may be a dead letter, in base64. */
    long lineBytes() {
        long bytes = Math.max(length, inflateLimit);
        return bytes + bytes / 3 + lines() + SLACK_BYTES;
    }

    /** How many events the record may become. Dead letters aside, which are few, and longer than what they hold. */
    long lines() {
        if (inflateLimit > 0) {
            return inflateLimit / SHORT_EVENT_BYTES + 1L;
        }
        return Math.max(1, Braces.count(data, length));
    }

    /** Heap that reading it takes, beyond what is kept anyway. */
    long workBytes() {
        long large = length > KEPT_BYTES ? length : 0;
        long inflating = inflateLimit > 0 ? length + inflateLimit : 0;
        long longestText = Math.min(Math.max(large, inflateLimit), EventFields.TEXT_LIMIT);
        return large + inflating + TEXT_COPIES * longestText;
    }

    /**
     * Inflates the data where it is gzip and not inflated yet.
     *
     * @return false where it inflates to more than it claimed: {@link #lineBytes} and {@link #workBytes} are larger now,
     *     and it is to be called again
     */
    boolean inflate() {
        if (inflateLimit == 0) {
            return true;
        }
        try {
            Gzip.Inflated inflated = Gzip.inflate(data, length, inflateLimit);
            if (inflated.length() > inflateLimit && inflateLimit < Gzip.LIMIT_BYTES) {
                inflateLimit = (int) Math.min(Gzip.LIMIT_BYTES, inflateLimit * 4L);
                return false;
            }
            if (inflated.length() > inflateLimit) {
                problem = problem(
                        DeadLetterReason.GZIP_TOO_LARGE, "it inflates to more than " + Gzip.LIMIT_BYTES + " bytes");
            } else {
                data = inflated.data();
                length = inflated.length();
            }
        } catch (IOException e) {
            problem = problem(DeadLetterReason.GZIP_CORRUPT, String.valueOf(e.getMessage()));
        }
        inflateLimit = 0;
        return true;
    }

    private Optional<Malformed> problem(DeadLetterReason reason, String error) {
        return Optional.of(new Malformed(reason, error, data, 0, length, 0));
    }

    /** The whole record, where it could not be inflated. */
    Optional<Malformed> problem() {
        return problem;
    }

    byte[] data() {
        return data;
    }

    /** The record has been taken in: a large array must not wait for the next one. */
    void release() {
        data = scratch;
        problem = Optional.empty();
    }

    int length() {
        return length;
    }
}
