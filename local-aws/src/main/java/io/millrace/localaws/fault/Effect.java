package io.millrace.localaws.fault;

import java.time.Duration;

/** What happens to a call that a {@link Fault} hits. */
public sealed interface Effect {

    /** Its name in JSON. */
    String label();

    /** The service's own throttling error, for example {@code ProvisionedThroughputExceededException}, S3's 503. */
    record Throttle() implements Effect {
        @Override
        public String label() {
            return "throttle";
        }
    }

    /**
     * The service's own internal error, before the operation is carried out.
     *
     * @param status 500 or 503
     */
    record ServerError(int status) implements Effect {
        public ServerError {
            if (status != 500 && status != 503) {
                throw new IllegalArgumentException("status " + status + ": allowed is 500 or 503");
            }
        }

        @Override
        public String label() {
            return "error";
        }
    }

    /** The connection is closed before the operation is carried out. */
    record DropBefore() implements Effect {
        @Override
        public String label() {
            return "drop-before";
        }
    }

    /** The operation is carried out, and the connection closed instead of an answer. */
    record DropAfter() implements Effect {
        @Override
        public String label() {
            return "drop-after";
        }
    }

    /** The operation is carried out after a while. */
    record Delay(Duration by) implements Effect {

        private static final Duration MAX = Duration.ofMinutes(5);

        public Delay {
            if (by.isNegative() || by.compareTo(MAX) > 0) {
                throw new IllegalArgumentException(
                        "delay of " + by.toMillis() + " ms: allowed is 0 to " + MAX.toMillis());
            }
        }

        @Override
        public String label() {
            return "delay";
        }
    }

    /** What happens within a call that is served all the same. */
    sealed interface Within extends Effect {}

    /**
     * A DynamoDB read that does not ask for consistency (GetItem, BatchGetItem, Query, Scan) finds an item as it was some
     * time ago, item by item. Consistent reads, conditions and transactions always find the newest.
     *
     * @param age how long ago, over 0 to 1 min; what was written before the rule was added counts as older
     */
    record StaleReads(Duration age) implements Within {

        public static final Duration MAX = Duration.ofMinutes(1);

        public StaleReads {
            if (age.isNegative() || age.isZero() || age.compareTo(MAX) > 0) {
                throw new IllegalArgumentException(
                        "age of " + age.toMillis() + " ms: allowed is 1 to " + MAX.toMillis());
            }
        }

        @Override
        public String label() {
            return "stale-reads";
        }
    }

    /** What happens to single entries of a Kinesis PutRecords call; the others are stored and the call answers 200. */
    sealed interface OnEntries extends Within {}

    /** An entry is refused with {@code ProvisionedThroughputExceededException}, as when its shard is hot. */
    record ThrottleEntries() implements OnEntries {
        @Override
        public String label() {
            return "throttle-entries";
        }
    }

    /** An entry is refused with {@code InternalFailure}. */
    record FailEntries() implements OnEntries {
        @Override
        public String label() {
            return "fail-entries";
        }
    }
}
