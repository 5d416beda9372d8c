package io.millrace.consumer;

import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.lease.Handover;
import io.millrace.consumer.lease.InitialPosition;
import io.millrace.consumer.lease.LeaseSync;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.NamesakeLeases;
import io.millrace.consumer.lease.RefusedException;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.lease.WorkerName;
import io.millrace.consumer.lease.Workers;
import io.millrace.consumer.status.ConsumerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What must stand before KCL starts: the streams, the buckets, the lease table, the leases. Each is tried until it
 * stands or the process is stopped, for a consumer may be started before what it consumes, and an outage is no reason to
 * die. What does not depend on another is done at the same time.
 */
final class Startup {

    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final ConsumerConfig config;
    private final WorkerName worker;
    private final ConsumerHealth health;
    private final CountDownLatch stopping;

    Startup(ConsumerConfig config, WorkerName worker, ConsumerHealth health, CountDownLatch stopping) {
        this.config = config;
        this.worker = worker;
        this.health = health;
        this.stopping = stopping;
    }

    /** Thrown where the process is stopped while it still starts. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What brings the lease table into the state that KCL is to find. */
    record Leases(Handover handover, NamesakeLeases namesakes, LeaseSync sync, Workers workers) {}

    /**
     * Waits for everything, and returns the streams with where to start in each.
     *
     * @throws RefusedException where the leases in the table contradict the configuration
     */
    Map<SourceStream, InitialPosition> prepare(Streams streams, S3AsyncClient s3, LeaseTable table, Leases leases)
            throws StoppedException, RefusedException {
        CompletableFuture<Void> buckets = meanwhile("start-s3", () -> awaitBuckets(s3));
        CompletableFuture<Void> leaseTable = meanwhile("start-dynamodb", () -> makeTable(table));
        List<SourceStream> found = awaitStreams(streams);
        join(leaseTable);
        untilDone("the leases of an earlier version", () -> {
            leases.handover().takeOver(found, worker);
            return true;
        });
        untilDone(
                "leases of earlier processes with WORKER_ID " + config.workerId(),
                () -> leases.namesakes().take(worker));
        Map<SourceStream, InitialPosition> sources = new LinkedHashMap<>();
        for (SourceStream source : found) {
            InitialPosition position = untilDone("leases of stream " + source.name(), () -> {
                refuseMovedBack(leases.workers(), found);
                return leases.sync().sync(source, config.initialPosition(), worker);
            });
            sources.put(source, position);
        }
        join(buckets);
        // A roll-back cannot see a worker that still waits for something.
        untilDone("the workers", () -> refuseMovedBack(leases.workers(), found));
        return sources;
    }

    private static boolean refuseMovedBack(Workers workers, List<SourceStream> sources) throws RefusedException {
        workers.refresh();
        workers.refuseMovedBack(sources);
        return true;
    }

    private List<SourceStream> awaitStreams(Streams streams) throws StoppedException, RefusedException {
        List<SourceStream> found = new ArrayList<>();
        for (String name : config.buckets().keySet()) {
            found.add(untilDone(
                    "stream " + name,
                    () -> streams.find(name).orElseThrow(() -> new IllegalStateException("it does not exist yet"))));
        }
        return found;
    }

    private void makeTable(LeaseTable table) throws StoppedException, RefusedException {
        untilDone("lease table " + LeaseTable.nameFor(config.applicationName()), () -> {
            table.ensureActive();
            return true;
        });
        untilDone("lease table " + config.applicationName() + " of earlier versions", () -> {
            table.former().ensureActive();
            return true;
        });
    }

    private void awaitBuckets(S3AsyncClient s3) throws StoppedException, RefusedException {
        for (String bucket : config.buckets().values()) {
            untilDone("bucket " + bucket, () -> mayExist(s3, bucket));
        }
    }

    /** Looking at a bucket may be forbidden to one who may write to it; only a clear no is taken for one. */
    private static boolean mayExist(S3AsyncClient s3, String bucket) {
        try {
            s3.headBucket(head -> head.bucket(bucket)).join();
        } catch (CompletionException e) {
            boolean absent = e.getCause() instanceof NoSuchBucketException
                    || (e.getCause() instanceof S3Exception answer && answer.statusCode() == NOT_FOUND);
            if (absent) {
                throw new IllegalStateException("it does not exist yet", e.getCause());
            }
            if (!(e.getCause() instanceof S3Exception)) {
                throw e;
            }
        }
        return true;
    }

    private <T> T untilDone(String what, Callable<T> step) throws StoppedException, RefusedException {
        Duration pause = FIRST_PAUSE;
        String told = "";
        while (true) {
            try {
                if (stopping.getCount() == 0) {
                    throw new StoppedException();
                }
                T result = step.call();
                if (!told.isEmpty()) {
                    log.info("Found {}", what);
                    health.waitingFor("starting");
                }
                return result;
            } catch (StoppedException | RefusedException e) {
                throw e;
            } catch (Exception e) {
                Throwable cause = e instanceof CompletionException ? e.getCause() : e;
                String reason = String.valueOf(cause.getMessage());
                health.waitingFor("waiting for " + what + ": " + reason);
                if (!reason.equals(told)) {
                    log.info("Waiting for {}: {}", what, reason);
                    told = reason;
                }
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void pause(Duration pause) throws StoppedException {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws StoppedException, RefusedException;
    }

    private static CompletableFuture<Void> meanwhile(String name, Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                step.run();
                                done.complete(null);
                            } catch (StoppedException | RefusedException | RuntimeException e) {
                                done.completeExceptionally(e);
                            }
                        },
                        name)
                .start();
        return done;
    }

    private static void join(CompletableFuture<Void> step) throws StoppedException, RefusedException {
        try {
            step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoppedException) {
                throw new StoppedException();
            }
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
