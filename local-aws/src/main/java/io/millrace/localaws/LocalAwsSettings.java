package io.millrace.localaws;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link LocalAws} is started with.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 picks a free one
 * @param dataDir where S3's objects and DynamoDB's tables stay; absent, both go when the instance closes
 */
public record LocalAwsSettings(String bind, int port, Optional<Path> dataDir) {

    /** LocalStack's port, which AWS tools for local development expect. */
    public static final int DEFAULT_PORT = 4566;

    public LocalAwsSettings {
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(dataDir, "dataDir");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ": allowed is 0 to 65535");
        }
    }

    /** For a test: a free loopback port, nothing kept. */
    public static LocalAwsSettings ephemeral() {
        return new LocalAwsSettings("127.0.0.1", 0, Optional.empty());
    }

    public LocalAwsSettings withPort(int newPort) {
        return new LocalAwsSettings(bind, newPort, dataDir);
    }

    public LocalAwsSettings withDataDir(Path newDataDir) {
        return new LocalAwsSettings(bind, port, Optional.of(newDataDir));
    }
}
