package io.millrace.dashboard;

import io.millrace.dashboard.aws.AwsClients;
import io.millrace.dashboard.aws.Reachability;
import io.millrace.dashboard.config.DashboardConfig;
import io.millrace.dashboard.http.OverviewRoutes;
import io.millrace.dashboard.http.WebServer;
import io.millrace.dashboard.lake.BucketCatalog;
import io.millrace.dashboard.stream.StreamCatalog;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole dashboard: puts all parts together, starts them and stops them. */
public final class Dashboard implements AutoCloseable {

    private static final int AWS_THREADS = 4;

    private final AwsClients aws;
    private final ExecutorService executor;
    private final WebServer web;

    public Dashboard(DashboardConfig config) {
        InstantSource clock = Clock.systemUTC();
        AtomicInteger threads = new AtomicInteger();
        executor = Executors.newFixedThreadPool(AWS_THREADS, task -> {
            Thread thread = new Thread(task, "dashboard-aws-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        aws = AwsClients.create(config);
        Reachability reachability = new Reachability(aws, executor, clock);
        StreamCatalog streams = new StreamCatalog(aws.kinesis(), clock);
        BucketCatalog buckets = new BucketCatalog(aws.s3(), clock);
        web = new WebServer(
                config.host(), config.port(), List.of(new OverviewRoutes(reachability, streams, buckets, clock)));
    }

    /** Starts to serve. @throws io.javalin.util.JavalinBindException where the port is taken */
    public void start() {
        web.start();
    }

    /** The port in use. */
    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.close();
        executor.shutdownNow();
        aws.close();
    }
}
