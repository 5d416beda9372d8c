package io.millrace.consumer.kcl;

import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.config.ConsumerSettings.CloudWatchLevel;
import io.millrace.consumer.config.ConsumerSettings.RecordDecoder;
import io.millrace.consumer.config.ConsumerSettings.RetrievalMode;
import io.millrace.consumer.lease.InitialPosition;
import io.millrace.consumer.lease.KclTuning;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.SourceStreams;
import io.millrace.consumer.lease.WorkerName;
import io.millrace.consumer.retention.Retention;
import io.millrace.consumer.retention.RetentionWatch;
import io.millrace.pipeline.event.PipelineEvent;
import io.millrace.pipeline.shard.ShardPipelines;
import io.millrace.pipeline.sink.Buckets;
import io.millrace.pipeline.sink.S3ObjectSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.MetricsLevel;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;

/** Puts KCL's scheduler together from the configuration. */
public record KclAssembly(
        ConsumerConfig config,
        WorkerName worker,
        KinesisAsyncClient kinesis,
        DynamoDbAsyncClient dynamo,
        CloudWatchAsyncClient cloudWatch,
        S3AsyncClient s3,
        ShardPipelines pipelines,
        Retention retention,
        LiveShards shards,
        ReadListener reads,
        Consumer<PipelineEvent> listener) {

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /** @param sources the streams, with where to start in each */
    public Scheduler scheduler(Map<SourceStream, InitialPosition> sources, WorkerStateChangeListener listener) {
        ConfigsBuilder kcl = new ConfigsBuilder(
                SourceStreams.tracker(sources),
                LeaseTable.nameFor(config.applicationName()),
                kinesis,
                dynamo,
                cloudWatch,
                worker.owner(),
                processors());
        kcl.namespace(config.applicationName());
        RetrievalConfig retrieval = kcl.retrievalConfig().retrievalSpecificConfig(retrieval());
        if (config.retrievalMode() == RetrievalMode.FANOUT) { // polling's reads are linked where they are made
            retrieval.retrievalFactory(new FanOutReads(retrieval.retrievalFactory()));
        }
        return new Scheduler(
                kcl.checkpointConfig(),
                KclTuning.apply(kcl.coordinatorConfig())
                        .maxInitializationAttempts(KclRun.INITIALIZATION_ATTEMPTS)
                        .workerStateChangeListener(listener),
                KclTuning.apply(kcl.leaseManagementConfig(), config.failoverTime(), config.shutdownTimeout()),
                kcl.lifecycleConfig().aggregatorUtil(new KclAggregates()),
                metrics(kcl.metricsConfig()),
                kcl.processorConfig().callProcessRecordsEvenForEmptyRecordList(true),
                retrieval);
    }

    private ShardProcessors processors() {
        Map<String, Buckets> buckets = config.buckets().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        stream -> new Buckets(
                                stream.getValue(), bucket -> new S3ObjectSink(s3, bucket, config.objects()))));
        return new ShardProcessors(
                pipelines,
                buckets,
                shards,
                config.shutdownTimeout(),
                (shard, checkpoint) ->
                        new RetentionWatch(shard, checkpoint, retention, InstantSource.system(), listener));
    }

    private RetrievalSpecificConfig retrieval() {
        if (config.retrievalMode() == RetrievalMode.FANOUT) {
            return new FanOutConfig(kinesis).applicationName(config.applicationName());
        }
        return Polling.config(
                kinesis,
                config.pollInterval(),
                config.batchSize(),
                READ_TIMEOUT,
                config.decoder() == RecordDecoder.OWN,
                new ReadBudget(config.maxIntakeBytes()),
                shards::isAwaited,
                reads);
    }

    private MetricsConfig metrics(MetricsConfig metrics) {
        if (config.cloudWatch() == CloudWatchLevel.NONE) {
            metrics.metricsFactory(new NullMetricsFactory());
            return metrics;
        }
        return metrics.metricsLevel(
                config.cloudWatch() == CloudWatchLevel.SUMMARY ? MetricsLevel.SUMMARY : MetricsLevel.DETAILED);
    }
}
