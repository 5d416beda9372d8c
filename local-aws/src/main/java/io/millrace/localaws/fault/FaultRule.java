package io.millrace.localaws.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@link Fault} on the wire.
 *
 * @param id given by the server
 * @param status for {@code error}: 500 (the default) or 503
 * @param delayMillis for {@code delay}
 * @param ageMillis for {@code stale-reads}
 * @param seconds how long the rule applies
 * @param hits counted by the server
 */
record FaultRule(
        Long id,
        String operation,
        String effect,
        Integer status,
        Long delayMillis,
        Long ageMillis,
        Double rate,
        Integer times,
        Double seconds,
        Integer hits) {

    private static final String EFFECTS =
            "throttle, error, drop-before, drop-after, delay, throttle-entries, fail-entries, stale-reads";

    static FaultRule of(Faults.Listed listed) {
        Fault fault = listed.fault();
        return new FaultRule(
                listed.id(),
                fault.operation(),
                fault.effect().label(),
                fault.effect() instanceof Effect.ServerError error ? error.status() : null,
                fault.effect() instanceof Effect.Delay delay ? delay.by().toMillis() : null,
                fault.effect() instanceof Effect.StaleReads stale ? stale.age().toMillis() : null,
                fault.rate(),
                fault.times().isPresent() ? fault.times().getAsInt() : null,
                fault.during().map(during -> during.toMillis() / 1_000.0).orElse(null),
                listed.hits());
    }

    /** @throws IllegalArgumentException with what is wrong, in one line */
    Fault toFault() {
        if (operation == null) {
            throw new IllegalArgumentException("operation is missing, for example kinesis:PutRecords or s3:*");
        }
        return new Fault(
                operation,
                toEffect(),
                rate == null ? 1 : rate,
                times == null ? OptionalInt.empty() : OptionalInt.of(times),
                Optional.ofNullable(seconds).map(s -> Duration.ofMillis(Math.round(s * 1_000))));
    }

    private Effect toEffect() {
        return switch (effect == null ? "" : effect) {
            case "throttle" -> new Effect.Throttle();
            case "error" -> new Effect.ServerError(status == null ? 500 : status);
            case "drop-before" -> new Effect.DropBefore();
            case "drop-after" -> new Effect.DropAfter();
            case "delay" -> new Effect.Delay(Duration.ofMillis(delayMillis == null ? 0 : delayMillis));
            case "throttle-entries" -> new Effect.ThrottleEntries();
            case "fail-entries" -> new Effect.FailEntries();
            case "stale-reads" -> new Effect.StaleReads(Duration.ofMillis(ageMillis == null ? 0 : ageMillis));
            default -> throw new IllegalArgumentException("effect \"" + effect + "\": allowed is " + EFFECTS);
        };
    }
}
