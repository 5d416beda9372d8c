package io.millrace.localaws;

import io.millrace.localaws.dynamodb.DynamoDbService;
import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Faults;
import io.millrace.localaws.front.Calls;
import io.millrace.localaws.front.ErrorDocuments;
import io.millrace.localaws.front.Front;
import io.millrace.localaws.kinesis.EntryFault;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.kinesis.KinesisSettings;
import io.millrace.localaws.s3.S3Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Kinesis, DynamoDB and S3 for local development and tests, in this JVM, on one port.
 *
 * <p>Any credentials are accepted. Streams and tables live in memory; S3's objects are plain files under
 * {@link #dataDir()}. Thread-safe; {@link #close()} is idempotent and waits at most {@value #STOP_TIMEOUT_MILLIS} ms for
 * requests under way.
 */
public final class LocalAws implements AutoCloseable {

    private static final int STOP_TIMEOUT_MILLIS = 2_000;
    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;
    private static final int IDLE_THREAD_MILLIS = 30_000;

    private final DataFolder data;
    private final Faults faults;
    private final Calls calls = new Calls();
    private final KinesisService kinesis;
    private final Server server = new Server(threads());
    private final ServerConnector plain;
    private final Optional<ServerConnector> tls;

    private LocalAws(LocalAwsSettings settings, DataFolder data) throws IOException {
        this.data = data;
        this.faults = new Faults(settings.faultSeed(), InstantSource.system());
        this.kinesis = new KinesisService(kinesisSettings(settings, faults), InstantSource.system());
        if (settings.init().isPresent()) {
            Provisioning.run(settings.init().get(), kinesis, data.s3());
        }
        this.plain = Connectors.plain(server, settings.bind(), settings.port());
        this.tls = settings.tlsPort().isEmpty()
                ? Optional.empty()
                : Optional.of(Connectors.tls(
                        server, settings.bind(), settings.tlsPort().get()));
        for (Connector connector : server.getConnectors()) {
            ((ServerConnector) connector)
                    .setIdleTimeout(settings.httpKeepAlive().toMillis());
        }
        server.setErrorHandler(new ErrorDocuments());
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        server.setHandler(new Front(
                kinesis, new DynamoDbService(faults, InstantSource.system()), new S3Service(data.s3()), faults, calls));
    }

    /**
     * Starts an instance; it serves when this returns.
     *
     * @throws IOException in one line, where a port is taken or a folder cannot be used
     */
    public static LocalAws start(LocalAwsSettings settings) throws IOException {
        DataFolder data = DataFolder.of(settings.dataDir());
        try {
            LocalAws aws = new LocalAws(settings, data);
            aws.listen();
            return aws;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private void listen() throws IOException {
        try {
            for (Connector connector : server.getConnectors()) {
                open((ServerConnector) connector);
            }
            server.start();
        } catch (Exception e) {
            IOException cannot = e instanceof IOException io ? io : new IOException("cannot start: " + e, e);
            try {
                server.stop();
            } catch (Exception alsoFailed) {
                cannot.addSuppressed(alsoFailed);
            }
            throw cannot;
        }
    }

    private static void open(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot listen on " + connector.getHost() + " port " + connector.getPort() + ": "
                            + reason.getMessage(),
                    e);
        }
    }

    /** The endpoint to give to every AWS client, for example {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return URI.create("http://" + plain.getHost() + ":" + plain.getLocalPort());
    }

    /** The same by TLS, with a certificate that no client trusts unless told to. */
    public Optional<URI> tlsEndpoint() {
        return tls.map(connector -> URI.create("https://" + connector.getHost() + ":" + connector.getLocalPort()));
    }

    /** The folder with S3's objects in {@code s3/BUCKET/KEY}. */
    public Path dataDir() {
        return data.path();
    }

    /** Makes calls go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What clients have called so far. */
    public Calls calls() {
        return calls;
    }

    @Override
    public void close() {
        try (data;
                kinesis) {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("local-aws did not stop cleanly: " + e, e);
        }
    }

    private static KinesisSettings kinesisSettings(LocalAwsSettings settings, Faults faults) {
        KinesisSettings kinesis = KinesisSettings.defaults()
                .withShardLimits(settings.shardLimits())
                .withEntryFault(
                        (stream, shard) -> faults.onEntry("kinesis:PutRecords").map(LocalAws::failure));
        KinesisSettings bounded =
                settings.maxBytes().map(kinesis::withMaxBytesHeld).orElse(kinesis);
        return settings.retention().map(bounded::withRetention).orElse(bounded);
    }

    private static EntryFault.Failure failure(Effect.OnEntries effect) {
        return effect instanceof Effect.ThrottleEntries
                ? EntryFault.Failure.PROVISIONED_THROUGHPUT_EXCEEDED
                : EntryFault.Failure.INTERNAL_FAILURE;
    }

    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_THREAD_MILLIS);
        pool.setName("local-aws");
        return pool;
    }
}
