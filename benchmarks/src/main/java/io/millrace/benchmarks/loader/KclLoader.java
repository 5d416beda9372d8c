package io.millrace.benchmarks.loader;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.loader.PlainProcessor.Style;
import io.millrace.consumer.lease.InitialPosition;
import io.millrace.consumer.lease.KclTuning;
import io.millrace.consumer.lease.LeaseSync;
import io.millrace.consumer.lease.LeaseTable;
import io.millrace.consumer.lease.SourceStream;
import io.millrace.consumer.lease.SourceStreams;
import io.millrace.consumer.lease.Streams;
import io.millrace.consumer.lease.WorkerName;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * KCL with a plain record processor, as AWS's samples put one together.
 *
 * <p>Arguments: name; a {@link PlainProcessor.Style} in lower case; how old a buffered event may become, in milliseconds, 0 to put
 * each batch as it comes; and {@code defaults} to leave KCL's start-up and lease times as they are. Otherwise KCL's are
 * those of Millrace, so that nobody waits for KCL's first sync of an empty lease table.
 */
final class KclLoader {

    private static final InitialPositionInStreamExtended TRIM_HORIZON =
            InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);

    /** Five reads a second and shard are Kinesis's limit; KCL's default is one. */
    private static final long IDLE_MILLIS = 200;

    /** As ours has, for Kinesis and for S3; the SDK's default is 50. */
    private static final int CONNECTIONS = 200;

    private KclLoader() {}

    public static void main(String[] args) throws Exception {
        String name = args[0];
        String worker = System.getenv("WORKER_ID");
        Style style = Style.valueOf(args[1].toUpperCase(Locale.ROOT));
        Duration flush = Duration.ofMillis(Long.parseLong(args[2]));
        boolean defaults = args.length > 3 && args[3].equals("defaults");
        KinesisAsyncClient kinesis = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP1_1)
                        .maxConcurrency(CONNECTIONS))
                .build();
        DynamoDbAsyncClient dynamo = DynamoDbAsyncClient.create();
        S3AsyncClient s3 =
                S3AsyncClient.builder() // over plain HTTP the blocking one would sign each chunk, and ours does not
                        .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL")))
                        .forcePathStyle(true)
                        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS))
                        .build();
        InitialPosition oldest = new InitialPosition.TrimHorizon();
        SourceStream source = new Streams(kinesis).find(name).orElseThrow();
        ConfigsBuilder kcl = new ConfigsBuilder(
                defaults ? new SingleStreamTracker(name, TRIM_HORIZON) : SourceStreams.tracker(Map.of(source, oldest)),
                defaults ? name : LeaseTable.nameFor(name),
                kinesis,
                dynamo,
                CloudWatchAsyncClient.create(),
                worker,
                () -> new PlainProcessor(new Objects(s3, name), new ObjectMapper(), style, flush));
        var coordinator = kcl.coordinatorConfig();
        var leases = kcl.leaseManagementConfig();
        var polling = (defaults ? new PollingConfig(name, kinesis) : new PollingConfig(kinesis))
                .maxRecords(Integer.parseInt(System.getenv("MAX_RECORDS")));
        var metrics = kcl.metricsConfig();
        metrics.metricsFactory(new NullMetricsFactory());
        if (!defaults) {
            polling.idleTimeBetweenReadsInMillis(IDLE_MILLIS);
            KclTuning.apply(coordinator);
            KclTuning.apply(leases, Duration.ofSeconds(10), Duration.ofSeconds(25));
            LeaseTable table = new LeaseTable(dynamo, name);
            table.ensureActive();
            new LeaseSync(kinesis, table).sync(source, oldest, new WorkerName(worker, worker));
        }
        new Scheduler(
                        kcl.checkpointConfig(),
                        coordinator,
                        leases,
                        kcl.lifecycleConfig(),
                        metrics,
                        kcl.processorConfig().callProcessRecordsEvenForEmptyRecordList(!flush.isZero()),
                        kcl.retrievalConfig().retrievalSpecificConfig(polling))
                .run();
    }
}
