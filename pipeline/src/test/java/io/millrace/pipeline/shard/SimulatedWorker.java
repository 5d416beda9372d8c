package io.millrace.pipeline.shard;

import io.millrace.pipeline.buffer.MemoryBudget;
import io.millrace.pipeline.commit.Backoff;
import io.millrace.pipeline.commit.CheckpointUnavailableException;
import io.millrace.pipeline.commit.Checkpoints;
import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.LeaseLostException;
import io.millrace.pipeline.commit.PreparedCheckpoint;
import io.millrace.pipeline.commit.UploadLimits;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.event.ShardStatus.State;
import io.millrace.pipeline.record.LinkedRecords;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.shard.Fault.Kind;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.ObjectContent;
import io.millrace.pipeline.sink.ObjectKey;
import io.millrace.pipeline.sink.ObjectSink;
import io.millrace.pipeline.sink.SinkException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that owns the shard: the real pipeline over a lease and buckets that fail as the faults say, on one thread.
 * A commit runs when the pipeline waits for it or when the schedule comes to it, the shard's thread takes in records
 * between a commit's effects, and in the middle of a put others of the same batch may be made.
 */
final class SimulatedWorker implements Checkpoints {

    private static final ShardRef SHARD = new ShardRef("stream", "shardId-000000000000");
    private static final int HELPERS = 2;

    private final World world;
    private final int id;
    private final PipelineSettings settings;
    private final Random schedule;
    private final MovedClock clock;
    private final Deque<Runnable> commits = new ArrayDeque<>();
    /** Those that put a batch's objects beside its committing thread. */
    private final Deque<Runnable> helpers = new ArrayDeque<>();

    private final ShardPipeline pipeline;
    private int next;
    private Optional<Position> follows = Optional.empty();
    private boolean dead;
    private boolean inEffect;
    private boolean directly;

    SimulatedWorker(World world, Setup setup, long seed) {
        this.world = world;
        this.clock = world.clock;
        this.id = ++world.owner;
        this.settings = setup.settings();
        this.schedule = new Random(seed);
        PipelineContext shared = new PipelineContext(
                settings,
                TestRecord.PARTITION_LIMIT,
                new MemoryBudget(settings.maxBufferBytes()),
                new UploadLimits(helpers::add, HELPERS, 1 << 20),
                this::execute,
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.5),
                (time, abandonment) -> clock.move(time),
                clock,
                this::hear);
        this.pipeline = new ShardPipeline(SHARD, new Buckets(setup.bucket(), Bucket::new), shared);
    }

    private void hear(PipelineEvent event) {
        if (event instanceof ShardFailed failed && !dead) {
            world.violations.add(failed.message());
        }
    }

    private void execute(Runnable commit) {
        if (directly) {
            commit.run();
        } else {
            commits.add(commit);
        }
    }

    /** Reads the shard from its checkpoint to its end, or until it dies or has lost the lease. */
    void run(boolean mayDrain) {
        Optional<Position> checkpoint = world.checkpoint;
        next = checkpoint.isPresent() ? 0 : world.firstRead;
        while (next < world.records.size()
                && checkpoint.isPresent()
                && !world.records.get(next).position().isAfter(checkpoint.get())) {
            next++;
        }
        pipeline.start(checkpoint, world.pending());
        follows = checkpoint.map(place -> new Position(place.sequenceNumber(), 0));
        next = checkpoint.isPresent() ? Math.max(0, next - schedule.nextInt(3)) : next; // some may come once more
        while (isAlive() && next < world.records.size()) {
            if (mayDrain && schedule.nextInt(30) == 0) {
                directly = true;
                commits.forEach(Runnable::run);
                pipeline.drain(this, Duration.ofMinutes(1));
                return;
            }
            accept(schedule.nextInt(5));
            clock.move(Duration.ofMillis(schedule.nextInt(2000)));
            if (schedule.nextBoolean()) {
                pipeline.tick();
            }
            if (schedule.nextBoolean() && !commits.isEmpty()) {
                commits.remove().run();
            }
        }
        if (isAlive()) {
            pipeline.shardEnded(this);
        }
    }

    private boolean isAlive() {
        State state = pipeline.status().state();
        return !dead && (state == State.RUNNING || state == State.REPLAYING);
    }

    private void accept(int count) {
        List<SourceRecord> records = new ArrayList<>();
        while (count-- > 0 && next < world.records.size()) {
            records.add(world.records.get(next++).source());
        }
        LinkedRecords read = new LinkedRecords(follows, records);
        pipeline.accept(read, 0, this);
        follows =
                read.last().map(last -> new Position(last.sequenceNumber(), 0)).or(() -> follows);
    }

    /** The shard's thread takes in what does not make it wait for the commit that this very thread is running. */
    private void takeInMeanwhile() {
        boolean hasRoom = pipeline.status().openRecords() + 1 < settings.flush().maxRecords();
        if (hasRoom && next < world.records.size() && isAlive() && schedule.nextInt(3) == 0) {
            accept(1);
        }
    }

    /** One effect on the world. */
    private interface Effect<T> {
        T make() throws LeaseLostException;
    }

    private <T> T effect(Effect<T> effect, RuntimeException failure) throws LeaseLostException {
        if (dead) {
            throw new SimulatedCrash();
        }
        if (!inEffect) {
            inEffect = true;
            takeInMeanwhile();
            inEffect = false;
        }
        Optional<Kind> fault = world.nextFault();
        before(fault, failure);
        T result = effect.make();
        after(fault, failure);
        return result;
    }

    private void before(Optional<Kind> fault, RuntimeException failure) {
        if (fault.isPresent()) {
            switch (fault.get()) {
                case CRASH_BEFORE -> die();
                case STEAL_BEFORE -> world.stealer.run();
                case FAIL_BEFORE -> throw failure;
                case FREEZE -> world.freeze();
                default -> {}
            }
        }
    }

    private void after(Optional<Kind> fault, RuntimeException failure) {
        if (fault.isPresent()) {
            switch (fault.get()) {
                case CRASH_AFTER -> die();
                case STEAL_AFTER -> world.stealer.run();
                case FAIL_AFTER -> throw failure;
                default -> {}
            }
        }
    }

    private void die() {
        dead = true;
        throw new SimulatedCrash();
    }

    private void mustOwn() throws LeaseLostException {
        if (world.owner != id) {
            throw new LeaseLostException("owner is " + world.owner, null);
        }
    }

    @Override
    public PreparedCheckpoint prepare(Position last, CommitPlan plan) throws LeaseLostException {
        return effect(
                () -> {
                    mustOwn();
                    world.prepare(id, last, plan);
                    return () -> effect(
                            () -> {
                                mustOwn();
                                world.checkpoint(id, last);
                                return last;
                            },
                            new IllegalStateException("the lease table is away"));
                },
                new IllegalStateException("the lease table is away"));
    }

    @Override
    public void shardEnd() throws LeaseLostException, CheckpointUnavailableException {
        effect(
                () -> {
                    mustOwn();
                    world.shardEnded = true;
                    return id;
                },
                new IllegalStateException("the lease table is away"));
    }

    /** One of the world's buckets, through this process. */
    private final class Bucket implements ObjectSink {

        private final String name;

        Bucket(String name) {
            this.name = name;
        }

        @Override
        public Outcome put(ObjectKey key, ObjectContent content) throws SinkException {
            int begun = world.freezes;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (ByteBuffer slice : content.slices()) {
                byte[] piece = new byte[slice.remaining()];
                slice.duplicate().get(piece);
                bytes.writeBytes(piece);
            }
            while (!helpers.isEmpty() && schedule.nextBoolean()) {
                helpers.remove().run();
            }
            try {
                boolean isNew = effect(
                        () -> world.put(id, name, key.value(), bytes.toByteArray(), begun),
                        new IllegalStateException("S3 is away"));
                return isNew ? Outcome.STORED : Outcome.ALREADY_THERE;
            } catch (LeaseLostException e) {
                throw new AssertionError("S3 knows no leases", e);
            }
        }

        @Override
        public String bucket() {
            return name;
        }
    }
}
