package io.millrace.consumer;

import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.config.ConsumerSettings.RetrievalMode;
import io.millrace.consumer.decode.RecordsInterceptor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients, all over one HTTP client with few threads; KCL needs the asynchronous kind. {@link #close} ends what
 * this object made.
 */
final class AwsClients implements AutoCloseable {

    private static final int EVENT_LOOP_THREADS = 2;
    private static final int CONNECTIONS = 200;
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final ConsumerConfig config;
    private final Function<String, ExecutionInterceptor> monitors;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final SdkAsyncHttpClient asyncHttp;
    private final Deque<SdkAutoCloseable> opened = new ArrayDeque<>();

    /** No region is set anywhere; the message says what to do. */
    static final class NoRegionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoRegionException(Throwable cause) {
            super("AWS_REGION is not set, and the AWS SDK found no region either; set it, as us-east-1", cause);
        }
    }

    /** @param monitors gives each service's client something that watches its calls, by the service's name */
    AwsClients(ConsumerConfig config, Function<String, ExecutionInterceptor> monitors) {
        this.config = config;
        this.monitors = monitors;
        this.region = region(config);
        this.credentials = credentials(config);
        this.asyncHttp = opened(NettyNioAsyncHttpClient.builder()
                .maxConcurrency(CONNECTIONS)
                .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOP_THREADS))
                .build());
    }

    KinesisAsyncClient kinesis() {
        if (config.retrievalMode() == RetrievalMode.POLLING) {
            return opened(common(KinesisAsyncClient.builder(), "kinesis", new RecordsInterceptor())
                    .httpClient(asyncHttp)
                    .build());
        }
        // SubscribeToShard needs HTTP/2.
        return opened(common(KinesisAsyncClient.builder(), "kinesis")
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP2)
                        .maxConcurrency(Integer.MAX_VALUE)
                        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOP_THREADS)))
                .build());
    }

    DynamoDbAsyncClient dynamo() {
        return opened(common(DynamoDbAsyncClient.builder(), "dynamodb")
                .httpClient(asyncHttp)
                .build());
    }

    CloudWatchAsyncClient cloudWatch() {
        return opened(common(CloudWatchAsyncClient.builder(), "cloudwatch")
                .httpClient(asyncHttp)
                .build());
    }

    /**
     * For the sink: its puts' deadlines depend on the objects' sizes, and the sink sets them. The SDK tries nothing again, for
     * the lease is asked for before each try.
     */
    S3AsyncClient s3ForPuts() {
        S3AsyncClientBuilder builder = s3Builder();
        return opened(builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build())
                .build());
    }

    S3AsyncClient s3() {
        return opened(s3Builder().build());
    }

    private S3AsyncClientBuilder s3Builder() {
        return common(S3AsyncClient.builder(), "s3")
                .forcePathStyle(config.endpoint().isPresent())
                .httpClient(asyncHttp);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <B extends AwsClientBuilder<B, C>, C> B common(
            B builder, String service, ExecutionInterceptor... interceptors) {
        config.endpoint().or(() -> awsItself(service)).ifPresent(builder::endpointOverride);
        return builder.region(region).credentialsProvider(credentials).overrideConfiguration(override -> {
            override.addExecutionInterceptor(monitors.apply(service))
                    .addExecutionInterceptor(new CallDeadline(CALL_TIMEOUT, ATTEMPT_TIMEOUT));
            Stream.of(interceptors).forEach(override::addExecutionInterceptor);
        });
    }

    /** Where AWS_ENDPOINT_URL is set and empty: AWS is meant, but the SDK, which reads it too, takes that for an endpoint. */
    private Optional<URI> awsItself(String service) {
        boolean empty = "".equals(System.getenv("AWS_ENDPOINT_URL"))
                && System.getenv("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT)) == null;
        String prefix = service.equals("cloudwatch") ? "monitoring" : service;
        return empty
                ? Optional.of(URI.create("https://" + ServiceMetadata.of(prefix).endpointFor(region)))
                : Optional.empty();
    }

    private static Region region(ConsumerConfig config) {
        try {
            return config.region()
                    .map(Region::of)
                    .orElseGet(() ->
                            DefaultAwsRegionProviderChain.builder().build().getRegion());
        } catch (SdkClientException e) {
            throw new NoRegionException(e);
        }
    }

    /** A stand-in takes any credentials, and asking a cloud's machines for some would only hold the start up. */
    private static AwsCredentialsProvider credentials(ConsumerConfig config) {
        if (config.endpoint().map(URI::getHost).isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(),
                SystemPropertyCredentialsProvider.create(),
                ProfileCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    private <T extends SdkAutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }
}
