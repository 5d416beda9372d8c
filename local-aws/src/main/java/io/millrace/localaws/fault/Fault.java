package io.millrace.localaws.fault;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rule: which calls go wrong, how, how often and for how long.
 *
 * @param operation the calls it applies to, for example {@code kinesis:PutRecords}, {@code s3:*}, {@code *}; case does
 *     not matter
 * @param effect what happens to a call that it hits
 * @param rate the share of these calls that it hits, over 0 to 1; for {@link Effect.OnEntries} the share of entries,
 *     for {@link Effect.StaleReads} of items
 * @param times it hits so many times at most (calls, or entries); absent, without end
 * @param during it applies for so long from when it is added; absent, without end
 */
public record Fault(String operation, Effect effect, double rate, OptionalInt times, Optional<Duration> during) {

    public Fault {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(effect, "effect");
        if (!operation.matches("\\*|[A-Za-z0-9]+:[A-Za-z0-9*]+")) {
            throw new IllegalArgumentException("operation \"" + operation
                    + "\": allowed is SERVICE:OPERATION, for example kinesis:PutRecords, s3:Put*, dynamodb:*, or *");
        }
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate " + rate + ": allowed is over 0 to 1");
        }
        if (times.isPresent() && times.getAsInt() < 1) {
            throw new IllegalArgumentException("times " + times.getAsInt() + ": allowed is 1 or more");
        }
        if (during.isPresent() && (during.get().isNegative() || during.get().isZero())) {
            throw new IllegalArgumentException("during " + during.get() + ": allowed is more than nothing");
        }
    }

    private static Fault always(String operation, Effect effect) {
        return new Fault(operation, effect, 1, OptionalInt.empty(), Optional.empty());
    }

    public static Fault throttle(String operation) {
        return always(operation, new Effect.Throttle());
    }

    /** @param status 500 or 503 */
    public static Fault serverError(String operation, int status) {
        return always(operation, new Effect.ServerError(status));
    }

    public static Fault dropBefore(String operation) {
        return always(operation, new Effect.DropBefore());
    }

    public static Fault dropAfter(String operation) {
        return always(operation, new Effect.DropAfter());
    }

    public static Fault delay(String operation, Duration by) {
        return always(operation, new Effect.Delay(by));
    }

    /** Single entries of PutRecords are refused as throttled. */
    public static Fault throttleEntries() {
        return always("kinesis:PutRecords", new Effect.ThrottleEntries());
    }

    /** Single entries of PutRecords are refused with an internal failure. */
    public static Fault failEntries() {
        return always("kinesis:PutRecords", new Effect.FailEntries());
    }

    /** DynamoDB's eventually consistent reads find items as they were so long ago; {@code rate} is the share of items. */
    public static Fault staleReads(Duration age) {
        return always("dynamodb:*", new Effect.StaleReads(age));
    }

    public Fault withRate(double newRate) {
        return new Fault(operation, effect, newRate, times, during);
    }

    public Fault withTimes(int newTimes) {
        return new Fault(operation, effect, rate, OptionalInt.of(newTimes), during);
    }

    public Fault withDuring(Duration newDuring) {
        return new Fault(operation, effect, rate, times, Optional.of(newDuring));
    }
}
