package io.millrace.ingest;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.ingest.config.IngestConfig;
import io.millrace.ingest.http.Answer;
import io.millrace.ingest.http.Authorization;
import io.millrace.ingest.http.BatchEndpoint;
import io.millrace.ingest.http.Bodies;
import io.millrace.ingest.http.OtlpEndpoint;
import io.millrace.ingest.http.OtlpErrors;
import io.millrace.ingest.http.Router;
import io.millrace.producer.CloseReport;
import io.millrace.producer.LogProducer;
import io.millrace.producer.MicrometerProducerMetrics;
import io.millrace.producer.StreamProducer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server and the producer that it feeds: composes, starts and stops them. */
final class IngestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestServer.class);
    private static final int MAX_THREADS = 16;
    /** Within a request: a client that sends nothing for so long, or takes nothing, is gone. */
    private static final long SILENCE_MILLIS = 30_000;

    /** How long requests under way have to end at a stop. */
    static final Duration STOP_TIME = Duration.ofSeconds(10);

    private final IngestConfig config;
    private final LogProducer producer;
    private final Server server;
    private final ServerConnector connector;
    private final AtomicBoolean closed = new AtomicBoolean();

    IngestServer(IngestConfig config) {
        this.config = config;
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerProducerMetrics metrics = new MicrometerProducerMetrics(registry);
        StreamProducer stream = StreamProducer.builder()
                .config(config.producer())
                .metrics(metrics)
                .start();
        metrics.observe(stream);
        this.producer = new LogProducer(stream, config.producer().partitionKey());
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
        threads.setName("millrace-ingest");
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setIdleTimeout(SILENCE_MILLIS);
        // Else a header that was seen on this connection stands for one that differs in case alone, in its value too.
        http.setHeaderCacheCaseSensitive(true);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.httpKeepAlive().toMillis());
        server.addConnector(connector);
        server.setStopTimeout(STOP_TIME.toMillis());
        Bodies bodies = new Bodies(config.maxBodyBytes(), config.maxConcurrentBytes());
        Authorization authorization = new Authorization(config.token());
        Router router = new Router(registry)
                .get("/health", request -> Answer.json(200, "{\"status\":\"ok\"}"))
                .get("/ready", request -> ready())
                .get("/metrics", request -> Answer.text("text/plain; version=0.0.4", registry.scrape()))
                .post("/v1/logs", new OtlpErrors(authorization.guard(new OtlpEndpoint(config, producer, bodies))))
                .post("/api/ingest/batch", authorization.guard(new BatchEndpoint(config, producer, bodies)));
        server.setHandler(new GracefulHandler(router));
    }

    void start() throws CannotListenException {
        try {
            server.start();
        } catch (Exception e) {
            throw new CannotListenException(
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage()
                            + "; end what listens there, or set INGEST_PORT or INGEST_HOST to something else",
                    e);
        }
        if (config.token().isEmpty() && !config.host().matches("127\\..*|localhost|::1")) {
            LOG.warn("anyone who reaches {}:{} may send logs: set INGEST_TOKEN", config.host(), port());
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Ready as long as there is room for events. */
    private Answer ready() {
        long free = config.producer().bufferBytes() - producer.producer().bufferedBytes();
        return free > 0
                ? Answer.json(200, "{\"status\":\"ready\"}")
                : Answer.json(503, "{\"status\":\"buffer full: Kinesis takes less than arrives\"}");
    }

    /** Answers what is under way, refuses the rest with 503, and sends what was accepted. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the server did not stop cleanly", e);
        }
        CloseReport report = producer.producer().close(config.producer().closeTimeout());
        LOG.info("Stopped; {} logs undelivered, {} in the spill file", report.undelivered(), report.spilled());
    }
}
