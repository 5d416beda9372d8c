package io.millrace.localaws;

import java.io.IOException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The ports to listen on: HTTP/1.1, and HTTP/2 for clients that begin with it unasked, as the SDK for Java's asynchronous
 * Kinesis client does.
 */
final class Connectors {

    /** A PutRecords of 500 small records is about this long; in small pieces each costs a read. */
    private static final int INPUT_BUFFER_BYTES = 64 << 10;

    /** Clients keep connections open that they do not use; a stop does not wait for these. */
    private static final int IDLE_AT_STOP_MILLIS = 50;

    /** A connection of HTTP/2 carries a subscription for each shard beside everything else. */
    private static final int HTTP2_STREAMS = 1_024;

    private Connectors() {}

    static ServerConnector plain(Server server, String host, int port) {
        HttpConfiguration http = http();
        return connector(server, host, port, new HttpConnectionFactory(http), http2(http));
    }

    static ServerConnector tls(Server server, String host, int port) throws IOException {
        var ssl = new SslContextFactory.Server();
        ssl.setKeyStore(SelfSigned.create());
        ssl.setKeyStorePassword(SelfSigned.PASSWORD);
        var http = http();
        http.addCustomizer(new SecureRequestCustomizer(false));
        return connector(
                server,
                host,
                port,
                new SslConnectionFactory(ssl, "http/1.1"),
                new HttpConnectionFactory(http),
                http2(http));
    }

    private static ConnectionFactory http2(HttpConfiguration http) {
        var http2 = new HTTP2CServerConnectionFactory(http);
        // Against hostile clients; ours ask much at once and cancel much.
        http2.setRateControlFactory(new RateControl.Factory() {});
        http2.setMaxConcurrentStreams(HTTP2_STREAMS);
        return http2;
    }

    private static ServerConnector connector(Server server, String host, int port, ConnectionFactory... factories) {
        for (ConnectionFactory factory : factories) {
            if (factory instanceof HttpConnectionFactory http) {
                http.setInputBufferSize(INPUT_BUFFER_BYTES);
            }
        }
        var connector = new ServerConnector(server, 1, 1, factories);
        connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    /** Object keys hold what strict servers refuse in a path (an encoded slash, a dot segment); S3 takes them. */
    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.LEGACY);
        http.setUriCompliance(UriCompliance.LEGACY);
        http.setSendServerVersion(false);
        // Else a header that was seen on this connection stands for one that differs in case alone, in its value too.
        http.setHeaderCacheCaseSensitive(true);
        return http;
    }
}
