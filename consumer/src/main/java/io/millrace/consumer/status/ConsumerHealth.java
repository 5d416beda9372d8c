package io.millrace.consumer.status;

import io.millrace.aws.Dependency;
import io.millrace.pipeline.event.ShardStatus;
import io.millrace.service.http.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges the process, for whoever would restart it or send it work. Health is about the process itself: an outage of AWS
 * is no reason to restart it, for it recovers by itself. Readiness is about its work: it fails while a service does not
 * answer, or answers a shard's commit with nothing but refusals. Thread-safe.
 */
public final class ConsumerHealth implements Health {

    /** So long a failing call may be one bad moment. */
    private static final Duration PASSING = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Duration maxWait;
    private final List<Dependency> dependencies;
    private final Supplier<List<ShardStatus>> shards;
    private final Supplier<Optional<String>> namesake;

    private volatile Optional<String> startup = Optional.of("starting");
    private volatile Optional<String> defect = Optional.empty();

    /**
     * @param maxWait how long a record may wait in the buffer while the services answer
     * @param namesake another live process with this one's WORKER_ID, if there is one
     */
    public ConsumerHealth(
            InstantSource clock,
            Duration maxWait,
            List<Dependency> dependencies,
            Supplier<List<ShardStatus>> shards,
            Supplier<Optional<String>> namesake) {
        this.clock = clock;
        this.maxWait = maxWait;
        this.dependencies = List.copyOf(dependencies);
        this.shards = shards;
        this.namesake = namesake;
    }

    /** What the start, or the stop, is waiting for. */
    public void waitingFor(String what) {
        startup = Optional.of(what);
    }

    /** The start is done. */
    public void started() {
        startup = Optional.empty();
    }

    /** Something is broken that only a new start of the process mends. */
    public void broken(String what) {
        defect = Optional.of(what);
    }

    @Override
    public List<String> defects() {
        List<String> defects = new ArrayList<>();
        defect.ifPresent(defects::add);
        Instant now = clock.instant();
        for (ShardStatus shard : shards.get()) {
            if (shard.state() == ShardStatus.State.FAILED) {
                defects.add("shard " + shard.shard() + " is stopped by a defect");
            }
            shard.refusing()
                    .filter(since -> since.compareTo(maxWait) > 0)
                    .ifPresent(since -> defects.add("shard " + shard.shard() + " takes nothing (" + shard.state()
                            + "), though its records have gone on coming for " + since.toSeconds() + " s"));
            shard.oldestUnflushed()
                    .map(since -> Duration.between(since, now))
                    .filter(waited -> waited.compareTo(maxWait) > 0)
                    .filter(waited ->
                            shard.retryingSince().isEmpty() && outages().isEmpty())
                    .ifPresent(waited -> defects.add("a record of shard " + shard.shard() + " has waited for "
                            + waited.toSeconds() + " s, which is over " + maxWait.toSeconds() + " s"));
        }
        return defects;
    }

    @Override
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>(outages());
        Instant now = clock.instant();
        for (ShardStatus shard : shards.get()) {
            shard.retryingSince()
                    .filter(since -> Duration.between(since, now).compareTo(PASSING) > 0)
                    .ifPresent(since -> obstacles.add("shard " + shard.shard()
                            + " has tried the same commit again and again since " + since + "; the log says why"));
        }
        namesake.get()
                .ifPresent(other -> obstacles.add("another live process has this WORKER_ID (" + other
                        + " in the lease table): give each its own"));
        startup.ifPresent(obstacles::add);
        obstacles.addAll(defects());
        return obstacles;
    }

    /** The services and their outages. */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    private List<String> outages() {
        return dependencies.stream()
                .flatMap(dependency -> dependency.outage().stream()
                        .map(outage -> dependency.name() + " has not answered since " + outage.since() + ": "
                                + outage.message()))
                .toList();
    }
}
