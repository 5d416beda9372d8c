package io.millrace.consumer.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.millrace.aws.Dependency;
import io.millrace.pipeline.event.ShardStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The state of shards, buffers and services as gauges. {@link #refresh} before each scrape: shards come and go. */
public final class Gauges {

    private static final String PREFIX = "millrace.consumer.";

    private final InstantSource clock;
    private final Supplier<List<ShardStatus>> shards;
    private final MultiGauge millisBehindLatest;
    private final MultiGauge oldestUnflushedAge;
    private final MultiGauge heldBytes;

    public Gauges(MeterRegistry registry, InstantSource clock, Supplier<List<ShardStatus>> shards) {
        this.clock = clock;
        this.shards = shards;
        this.millisBehindLatest = multi(registry, "millis.behind.latest", "How far the shard's reading is behind");
        this.oldestUnflushedAge =
                multi(registry, "oldest.unflushed.age.seconds", "Age of the oldest record not yet committed");
        this.heldBytes = multi(registry, "shard.buffer.bytes", "Memory held for the shard");
    }

    /** Registers a figure of the process. */
    public static void register(MeterRegistry registry, String name, String description, LongSupplier value) {
        Gauge.builder(PREFIX + name, value, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Registers whether a service answers: 1 or 0. */
    public static void register(MeterRegistry registry, Dependency dependency) {
        Gauge.builder(
                        PREFIX + "service.answers",
                        dependency,
                        service -> service.outage().isEmpty() ? 1 : 0)
                .description("Whether the service answers: 1 or 0")
                .tags("service", dependency.name())
                .strongReference(true)
                .register(registry);
    }

    /** Takes the shards as they are now. */
    public void refresh() {
        List<ShardStatus> now = shards.get();
        Instant instant = clock.instant();
        set(millisBehindLatest, now, ShardStatus::millisBehindLatest);
        set(heldBytes, now, ShardStatus::heldBytes);
        set(
                oldestUnflushedAge,
                now,
                shard -> shard.oldestUnflushed()
                        .map(since -> Duration.between(since, instant).toMillis() / 1000.0)
                        .orElse(0.0));
    }

    private static void set(MultiGauge gauge, List<ShardStatus> shards, Function<ShardStatus, Number> value) {
        gauge.register(
                shards.stream()
                        .map(shard -> MultiGauge.Row.of(
                                Tags.of(
                                        "stream",
                                        shard.shard().stream(),
                                        "shard",
                                        shard.shard().shardId()),
                                value.apply(shard)))
                        .toList(),
                true);
    }

    private static MultiGauge multi(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(PREFIX + name).description(description).register(registry);
    }
}
