package io.millrace.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dashboard.alert.AlertBook;
import io.millrace.dashboard.alert.AlertRound;
import io.millrace.dashboard.alert.Observer;
import io.millrace.dashboard.aws.AwsClients;
import io.millrace.dashboard.aws.Reachability;
import io.millrace.dashboard.config.DashboardConfig;
import io.millrace.dashboard.consumer.Consumers;
import io.millrace.dashboard.consumer.History;
import io.millrace.dashboard.http.LakeRoutes;
import io.millrace.dashboard.http.MetricsRoutes;
import io.millrace.dashboard.http.ObjectRoutes;
import io.millrace.dashboard.http.OpenApiRoutes;
import io.millrace.dashboard.http.OverviewRoutes;
import io.millrace.dashboard.http.Permissions;
import io.millrace.dashboard.http.SearchRoutes;
import io.millrace.dashboard.http.StreamRoutes;
import io.millrace.dashboard.http.Summary;
import io.millrace.dashboard.http.TailRoutes;
import io.millrace.dashboard.http.WebServer;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.lake.BucketInfo;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.S3ObjectStore;
import io.millrace.dashboard.lake.content.ObjectViewer;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.dashboard.lake.index.IndexerThreads;
import io.millrace.dashboard.lake.index.ReadCounts;
import io.millrace.dashboard.lake.search.LogSearch;
import io.millrace.dashboard.stream.LeaseTable;
import io.millrace.dashboard.stream.RecordViewer;
import io.millrace.dashboard.stream.ShardCatalog;
import io.millrace.dashboard.stream.StreamCatalog;
import io.millrace.dashboard.stream.StreamReporter;
import io.millrace.dashboard.stream.Tails;
import io.millrace.dashboard.util.Repeater;
import io.millrace.dashboard.util.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** The whole dashboard: puts all parts together, starts them and stops them. */
public final class Dashboard implements AutoCloseable {

    private static final int AWS_THREADS = 8;
    private static final Duration ALERT_PAUSE = Duration.ofSeconds(10);

    private final AwsClients aws;
    private final ExecutorService calls;
    private final IndexerThreads indexing;
    private final Tails tails;
    private final WebServer web;
    private final Repeater sampling;
    private final Repeater alerting;

    public Dashboard(DashboardConfig config) {
        InstantSource clock = Clock.systemUTC();
        ObjectMapper json = WebServer.jsonMapper();
        calls = Threads.pool("dashboard-aws", AWS_THREADS);
        aws = AwsClients.create(config);

        StreamCatalog streams = new StreamCatalog(aws.kinesis(), config.streams(), clock);
        BucketCatalog buckets = new BucketCatalog(aws.s3(), config.buckets(), clock);
        ObjectStore store = new S3ObjectStore(aws.s3());
        Indexer indexer = new Indexer(
                store, config.indexListsPerSecond(), config.alerts().smallFileBytes(), Indexer.MAX_FOLDERS, clock);
        Supplier<List<String>> bucketNames =
                () -> buckets.list().stream().map(BucketInfo::name).toList();
        indexing = new IndexerThreads(indexer, bucketNames);
        ReadCounts readCounts = new ReadCounts(indexer);

        Consumers consumers = new Consumers(config.consumers(), json, calls, clock);
        History history = new History();
        ShardCatalog shards = new ShardCatalog(aws.kinesis(), clock);
        StreamReporter reporter = new StreamReporter(
                shards,
                new LeaseTable(aws.dynamo(), config.leaseTable(), clock),
                consumers,
                config.leaseTable(),
                config.defaultStream(),
                clock);
        tails = new Tails(aws.kinesis(), shards, config.maxTails());
        AlertBook alerts = new AlertBook();
        sampling = new Repeater("dashboard-history", History.INTERVAL, () -> history.add(consumers.view()));
        Observer observer = new Observer(bucketNames, indexer, reporter, consumers, config.alerts(), clock);
        alerting =
                new Repeater("dashboard-alerts", ALERT_PAUSE, new AlertRound(observer, config.alerts(), alerts, json));

        Permissions permissions = new Permissions(streams, buckets);
        web = new WebServer(
                config,
                json,
                List.of(
                        new MetricsRoutes(buckets, indexer, consumers, alerts, tails),
                        new OpenApiRoutes(),
                        new OverviewRoutes(
                                new Reachability(aws, calls, clock),
                                new Summary(streams, buckets, indexer, consumers, alerts, clock),
                                consumers,
                                history,
                                alerts,
                                clock),
                        new StreamRoutes(
                                permissions, streams, reporter, new RecordViewer(aws.kinesis(), clock), history, clock),
                        new LakeRoutes(permissions, buckets, store, indexer),
                        new ObjectRoutes(permissions, store, new ObjectViewer(store, readCounts, clock)),
                        new SearchRoutes(
                                permissions,
                                new LogSearch(store, indexer, config.fields(), readCounts, calls, clock),
                                config.defaultBucket(),
                                clock),
                        new TailRoutes(permissions, tails, config.defaultStream(), config.fields(), json)));
    }

    /** Starts to serve. @throws io.javalin.util.JavalinBindException where the port is taken */
    public void start() {
        web.start();
        indexing.start();
        sampling.start();
        alerting.start();
    }

    /** The port in use. */
    public int port() {
        return web.port();
    }

    /** The paths of all routes. */
    public Set<String> routes() {
        return web.routes();
    }

    @Override
    public void close() {
        tails.close();
        web.close();
        alerting.close();
        sampling.close();
        indexing.close();
        calls.shutdownNow();
        aws.close();
    }
}
