package io.millrace.dashboard.aws;

import io.millrace.dashboard.config.DashboardConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The three clients that the dashboard reads with. Deadlines are short and retries few, because a person waits. Thread-safe.
 */
public record AwsClients(KinesisClient kinesis, S3Client s3, DynamoDbClient dynamo, SdkHttpClient http)
        implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 2;

    /** Makes the clients; nothing is called yet. */
    public static AwsClients create(DashboardConfig config) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
        KinesisClient kinesis = configure(KinesisClient.builder(), "kinesis", config)
                .httpClient(http)
                .build();
        S3Client s3 = configure(S3Client.builder(), "s3", config)
                .httpClient(http)
                .forcePathStyle(config.awsEndpoint().isPresent())
                .build();
        DynamoDbClient dynamo = configure(DynamoDbClient.builder(), "dynamodb", config)
                .httpClient(http)
                .build();
        return new AwsClients(kinesis, s3, dynamo, http);
    }

    private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, String service, DashboardConfig config) {
        config.awsEndpoint().or(() -> awsItself(service, config)).ifPresent(builder::endpointOverride);
        return builder.region(config.region())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .build());
    }

    /** Where AWS_ENDPOINT_URL is set and empty: AWS is meant, but the SDK, which reads it too, takes that for an endpoint. */
    private static Optional<URI> awsItself(String service, DashboardConfig config) {
        boolean empty = "".equals(System.getenv("AWS_ENDPOINT_URL"))
                && System.getenv("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT)) == null;
        return empty
                ? Optional.of(
                        URI.create("https://" + ServiceMetadata.of(service).endpointFor(config.region())))
                : Optional.empty();
    }

    @Override
    public void close() {
        dynamo.close();
        s3.close();
        kinesis.close();
        http.close();
    }
}
