package io.millrace.localaws;

import io.millrace.localaws.dynamodb.DynamoDbService;
import io.millrace.localaws.front.Front;
import io.millrace.localaws.s3.S3Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Kinesis, DynamoDB and S3 for local development and tests, in this JVM, on one port.
 *
 * <p>Any credentials are accepted. Kinesis's streams live in memory; S3's objects are plain files under
 * {@link #dataDir()}. Thread-safe; {@link #close()} is idempotent and waits at most {@value #STOP_TIMEOUT_MILLIS} ms for
 * requests under way.
 */
public final class LocalAws implements AutoCloseable {

    private static final int STOP_TIMEOUT_MILLIS = 2_000;
    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;
    private static final int IDLE_THREAD_MILLIS = 30_000;

    private final DataFolder data;
    private final Server server;
    private final ServerConnector connector;

    private LocalAws(LocalAwsSettings settings, DataFolder data) {
        this.data = data;
        this.server = new Server(threads());
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        server.setHandler(new Front(new DynamoDbService(data.dynamoDb()), new S3Service(data.s3())));
    }

    /**
     * Starts an instance; it serves when this returns.
     *
     * @throws IOException where the port is taken or a folder cannot be used
     */
    public static LocalAws start(LocalAwsSettings settings) throws IOException {
        DataFolder data = DataFolder.of(settings.dataDir());
        LocalAws aws = new LocalAws(settings, data);
        try {
            aws.server.start();
            return aws;
        } catch (Exception e) {
            aws.close();
            throw e instanceof IOException cannotListen ? cannotListen : new IOException("cannot start: " + e, e);
        }
    }

    /** The endpoint to give to every AWS client, for example {@code http://127.0.0.1:4566}. */
    public URI endpoint() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** The folder with S3's objects in {@code s3/BUCKET/KEY}. */
    public Path dataDir() {
        return data.path();
    }

    @Override
    public void close() {
        try (data) {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("local-aws did not stop cleanly: " + e, e);
        }
    }

    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_THREAD_MILLIS);
        pool.setName("local-aws");
        return pool;
    }

    /** Object keys hold what strict servers refuse in a path (an encoded slash, a dot segment); S3 takes them. */
    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.LEGACY);
        http.setUriCompliance(UriCompliance.LEGACY);
        http.setSendServerVersion(false);
        return http;
    }
}
