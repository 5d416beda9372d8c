package io.millrace.producer.internal;

import io.millrace.producer.ProducerConfig;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/** Makes a Kinesis client that is frugal enough to live in another service: two threads, no retries of its own. */
final class KinesisClients {

    private KinesisClients() {}

    static KinesisPort open(ProducerConfig config) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(Threads.named("millrace-producer-timer"));
        SdkEventLoopGroup eventLoop = SdkEventLoopGroup.builder()
                .numberOfThreads(1)
                .threadFactory(Threads.named("millrace-producer-http"))
                .build();
        SdkAsyncHttpClient http = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(eventLoop)
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(config.maxInFlight() + 2)
                .connectionTimeout(config.requestTimeout())
                .build();
        KinesisAsyncClientBuilder builder = KinesisAsyncClient.builder()
                .httpClient(http)
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(config.requestTimeout())
                        .scheduledExecutorService(timer))
                // Replies are only handed on to the loop, so the HTTP thread may do it.
                .asyncConfiguration(
                        c -> c.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run));
        config.region().map(Region::of).ifPresent(builder::region);
        config.endpoint().or(() -> awsItself(config)).ifPresent(builder::endpointOverride);
        config.endpoint().filter(KinesisClients::isLocal).ifPresent(local -> useLocalDefaults(config, builder));
        KinesisAsyncClient client = builder.build();
        return new SdkKinesis(client, config.stream(), () -> {
            client.close();
            http.close();
            var unused = eventLoop.eventLoopGroup().shutdownGracefully();
            timer.shutdown();
        });
    }

    /** Where AWS_ENDPOINT_URL is set and empty: AWS is meant, but the SDK, which reads it too, takes that for an endpoint. */
    private static Optional<URI> awsItself(ProducerConfig config) {
        if (!"".equals(System.getenv("AWS_ENDPOINT_URL")) || System.getenv("AWS_ENDPOINT_URL_KINESIS") != null) {
            return Optional.empty();
        }
        Region region = config.region()
                .map(Region::of)
                .orElseGet(() -> DefaultAwsRegionProviderChain.builder().build().getRegion());
        return Optional.of(URI.create("https://"
                + ServiceMetadata.of(KinesisAsyncClient.SERVICE_METADATA_ID).endpointFor(region)));
    }

    private static boolean isLocal(URI endpoint) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(endpoint.getHost());
    }

    /** A stand-in on this machine takes any credentials and region, so it works where none are set. */
    private static void useLocalDefaults(ProducerConfig config, KinesisAsyncClientBuilder builder) {
        builder.credentialsProvider(AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
        builder.region(Region.of(config.region().orElse("us-east-1")));
    }
}
