package io.millrace.chaos;

import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Draws a fault of what the consumer calls. Puts to Kinesis are spared: what an unanswered put doubles is its producer's.
 */
final class FaultDraw {

    private static final List<String> OPERATIONS = List.of(
            "s3:PutObject",
            "s3:PutObject",
            "dynamodb:UpdateItem",
            "dynamodb:UpdateItem",
            "dynamodb:*",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards");
    private static final List<Double> RATES = List.of(0.1, 0.5, 1.0);

    private FaultDraw() {}

    static Fault next(Random random) {
        return new Fault(
                OPERATIONS.get(random.nextInt(OPERATIONS.size())),
                effect(random),
                RATES.get(random.nextInt(RATES.size())),
                OptionalInt.empty(),
                Optional.of(Duration.ofMillis(1_000 + random.nextInt(6_000))));
    }

    /** Half of a batch's objects are put at once and half late, for as long as it takes to strike in between. */
    static Fault slowPuts() {
        return Fault.delay("s3:PutObject", Duration.ofSeconds(2)).withRate(0.5).withDuring(Duration.ofSeconds(3));
    }

    /** Every commit takes long, so that two that should not are under way at once. */
    static Fault latePuts() {
        return Fault.delay("s3:PutObject", Duration.ofSeconds(3));
    }

    /** A replica of the lease table that lags, and is asked every second time. */
    static Fault lag(Duration by) {
        return Fault.staleReads(by).withRate(0.5);
    }

    private static Effect effect(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Effect.Throttle();
            case 1 -> new Effect.ServerError(500);
            case 2 -> new Effect.ServerError(503);
            case 3 -> new Effect.DropBefore();
            case 4 -> new Effect.DropAfter();
            default -> new Effect.Delay(Duration.ofMillis(100 + random.nextInt(2_900)));
        };
    }
}
