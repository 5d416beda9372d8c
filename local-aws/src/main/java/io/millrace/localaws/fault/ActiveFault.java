package io.millrace.localaws.fault;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rule in force, and how often it has hit. Guarded by {@link Faults}. */
final class ActiveFault {

    final long id;
    final Fault fault;
    private final Pattern operations;
    private final Optional<Instant> end;
    private int hits;

    ActiveFault(long id, Fault fault, Instant now) {
        this.id = id;
        this.fault = fault;
        this.operations = Pattern.compile(
                Stream.of(fault.operation().split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE);
        this.end = fault.during().map(now::plus);
    }

    boolean appliesTo(String operation, Instant now) {
        return !isSpent()
                && end.stream().allMatch(now::isBefore)
                && operations.matcher(operation).matches();
    }

    boolean isSpent() {
        return fault.times().isPresent() && hits >= fault.times().getAsInt();
    }

    void hit() {
        hits++;
    }

    Faults.Listed listed() {
        return new Faults.Listed(id, fault, hits);
    }
}
