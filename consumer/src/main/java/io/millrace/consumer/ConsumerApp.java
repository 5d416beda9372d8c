package io.millrace.consumer;

import io.millrace.aws.NoRegionException;
import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.kcl.KclAssembly;
import io.millrace.consumer.kcl.KclRun;
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
import io.millrace.consumer.retention.Retention;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.event.PipelineEvent.ShardFailed;
import io.millrace.pipeline.shard.PipelineSettings;
import io.millrace.pipeline.shard.ShardPipelines;
import io.millrace.service.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The consumer's life: it shows its state, waits for what it needs, reads until it is stopped, commits what it holds, and
 * ends. {@link #run} lasts as long; {@link #stop} may be called by any thread.
 */
final class ConsumerApp {

    /** How a run ended, as the process's exit code. */
    enum Outcome {
        STOPPED(ExitCode.OK),
        DEFECT(ExitCode.FAILED),
        WRONG_CONFIGURATION(ExitCode.WRONG_USAGE),
        STREAM_DELETED(3);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(ConsumerApp.class);

    /** Puts at once beside the one that each committing shard makes itself. */
    private static final int UPLOAD_THREADS = 4;

    /** Ids remembered for a shard where DEDUPE_FIELD is set. */
    private static final int DEDUPE_CAPACITY = 100_000;

    private final ConsumerConfig config;
    private final WorkerName worker;
    private final Observation observation;
    private final ShardPipelines pipelines;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Outcome outcome = Outcome.STOPPED;

    /** @throws IOException where the status port cannot be had */
    ConsumerApp(ConsumerConfig config, String version) throws IOException {
        this.config = config;
        this.worker = WorkerName.incarnationOf(config.workerId());
        InstantSource clock = InstantSource.system();
        this.observation = new Observation(config, version, clock);
        this.pipelines = new ShardPipelines(
                new PipelineSettings(
                        config.layout(), config.flush(), config.maxBufferBytes(), UPLOAD_THREADS, DEDUPE_CAPACITY),
                clock,
                this::onEvent);
        observation.bufferBytes(pipelines::bufferBytes);
    }

    /** Lives. Returns when all is committed and closed, or the time for that is over. */
    Outcome run() {
        log.info(
                "Consumer {} of {} starts: {}; in the lease table: {}; status on http://{}:{}",
                config.workerId(),
                config.applicationName(),
                config.buckets(),
                worker.owner(),
                config.statusHost(),
                observation.port());
        try (observation;
                AwsClients clients = new AwsClients(config, observation::service);
                pipelines) {
            consume(clients);
        } catch (Startup.StoppedException e) {
            log.info("Stopped before the start was done");
        } catch (NoRegionException e) {
            log.error(e.getMessage());
            outcome = Outcome.WRONG_CONFIGURATION;
        } catch (RefusedException e) {
            refuse(e);
        }
        log.info("Consumer {} has ended", config.workerId());
        return outcome;
    }

    /** Asks for the end; {@link #run} returns when it is reached. Idempotent. */
    void stop() {
        stopping.countDown();
    }

    private void consume(AwsClients clients) throws Startup.StoppedException, RefusedException {
        KinesisAsyncClient kinesis = clients.kinesis();
        DynamoDbAsyncClient dynamo = clients.dynamo();
        Streams streams = new Streams(kinesis);
        LeaseTable table = new LeaseTable(dynamo, config.applicationName());
        Workers workers =
                new Workers(table, worker, config.buckets().keySet(), config.failoverTime(), InstantSource.system());
        observation.workers(workers);
        S3AsyncClient s3 = clients.s3ForPuts();
        Startup.Leases leases = new Startup.Leases(
                new Handover(kinesis, table),
                new NamesakeLeases(dynamo, table),
                new LeaseSync(kinesis, table),
                workers);
        Map<SourceStream, InitialPosition> sources =
                new Startup(config, worker, observation.health(), stopping).prepare(streams, s3, table, leases);
        Retention retention = new KinesisRetention(kinesis, streams, table.readMarks(), sources.keySet());
        KclAssembly assembly = new KclAssembly(
                config,
                worker,
                kinesis,
                dynamo,
                clients.cloudWatch(),
                s3,
                pipelines,
                retention,
                observation.shards(),
                observation.readEvents(),
                observation.listener());
        KclRun kcl = new KclRun(listener -> assembly.scheduler(sources, listener), stopping);
        Thread running = new Thread(() -> run(kcl), "kcl-scheduler");
        running.start();
        observation.health().started();
        StreamWatch.Ends ends = new StreamWatch.Ends(() -> end(Outcome.STREAM_DELETED), this::refuse);
        try (StreamWatch watch = StreamWatch.start(streams, workers, List.copyOf(sources.keySet()), ends)) {
            stopping.await();
            observation.health().waitingFor("stopping");
            shutDown(kcl, running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(KclRun kcl) {
        try {
            kcl.run();
        } catch (RuntimeException | Error e) {
            pipelines.close(); // first of all: nobody watches over what KCL's other threads still hand on
            log.error("KCL's scheduler has failed", e);
        }
        if (stopping.getCount() > 0) {
            pipelines.close();
            observation.health().broken("KCL's scheduler has ended");
            end(Outcome.DEFECT);
        }
    }

    private void shutDown(KclRun kcl, Thread running) throws InterruptedException {
        log.info(
                "Stopping: committing what is buffered, within {} s",
                config.shutdownTimeout().toSeconds());
        try {
            kcl.startGracefulShutdown().get(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Not all was committed within SHUTDOWN_TIMEOUT; the next worker reads the rest again");
        } catch (ExecutionException e) {
            log.warn(
                    "KCL could not shut down in order; the next worker reads again what is not committed",
                    e.getCause());
        }
        running.join(Duration.ofSeconds(2).toMillis());
    }

    private void onEvent(PipelineEvent event) {
        observation.listener().accept(event);
        if (event instanceof ShardFailed failed) {
            observation.health().broken("shard " + failed.shard() + " is stopped by a defect: " + failed.message());
            end(Outcome.DEFECT);
        }
    }

    private void refuse(RefusedException e) {
        if (outcome == Outcome.STOPPED) { // it is told again until the process has ended
            log.error(e.getMessage());
        }
        end(Outcome.WRONG_CONFIGURATION);
    }

    private void end(Outcome how) {
        outcome = how;
        stop();
    }
}
