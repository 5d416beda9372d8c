package io.millrace.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.api.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** local-aws from its jar, in a process of its own on a free port; its objects lie in a folder that goes with it. */
public final class LocalAws implements AutoCloseable {

    private static final String JAR = "local-aws/target/millrace-local-aws.jar";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JavaProcess process;
    private final URI endpoint;
    private final Path data;

    private LocalAws(JavaProcess process, URI endpoint, Path data) {
        this.process = process;
        this.endpoint = endpoint;
        this.data = data;
    }

    public static LocalAws start(List<String> jvm, String... options) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("millrace-benchmark-");
        List<String> all = new ArrayList<>(List.of("--port", "0", "--data-dir", data.toString()));
        all.addAll(List.of(options));
        JavaProcess process = JavaProcess.jar(Options.root().resolve(JAR), jvm, Map.of(), all.toArray(String[]::new));
        try {
            URI endpoint = URI.create(process.await("Serving .* at (http://\\S+)", Duration.ofMinutes(1)));
            return new LocalAws(process, endpoint, data);
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** The same by TLS, where it was started with {@code --tls-port}. */
    public URI tlsEndpoint() throws InterruptedException {
        return URI.create(process.await("By TLS too, self-signed, at (https://\\S+)", Duration.ofMinutes(1)));
    }

    /** Makes a bucket; returns the folder that holds its objects as files. */
    public Path createBucket(String name) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(endpoint.resolve("/" + name)).PUT(BodyPublishers.noBody()));
        try (Stream<Path> folders = Files.find(data, 3, (path, what) -> path.endsWith(name))) {
            return folders.findFirst().orElseThrow();
        }
    }

    /** S3's calls that write an object or a part of one, so far. */
    public long puts() throws IOException, InterruptedException {
        JsonNode calls =
                new ObjectMapper().readTree(send(HttpRequest.newBuilder(endpoint.resolve("/_millrace/calls"))));
        long puts = 0;
        for (var call : calls.properties()) {
            if (call.getKey().matches("s3:(PutObject|.*MultipartUpload|UploadPart)")) {
                puts += call.getValue().asLong();
            }
        }
        return puts;
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response + ": " + response.body());
        }
        return response.body();
    }

    public Usage usage() {
        return process.usage();
    }

    /** A client's settings for this endpoint. */
    public <B extends AwsClientBuilder<B, C>, C> B client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    /** A process's environment for this endpoint. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test");
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> paths = Files.walk(data)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + data + ": " + e);
        }
    }
}
