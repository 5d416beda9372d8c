package io.millrace.consumer;

import io.millrace.aws.AwsAccess;
import io.millrace.aws.AwsService;
import io.millrace.aws.CallDeadline;
import io.millrace.aws.NoRegionException;
import io.millrace.consumer.config.ConsumerConfig;
import io.millrace.consumer.config.ConsumerSettings.RetrievalMode;
import io.millrace.consumer.decode.RecordsInterceptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
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

    /** SubscribeToShard lasts five minutes, and an object's reader may take its time. */
    private static final Set<Class<? extends SdkRequest>> STREAMING =
            Set.of(SubscribeToShardRequest.class, GetObjectRequest.class);

    private final ConsumerConfig config;
    private final Function<String, ExecutionInterceptor> monitors;
    private final AwsAccess access;
    private final SdkAsyncHttpClient asyncHttp;
    private final Deque<SdkAutoCloseable> opened = new ArrayDeque<>();

    /**
     * @param monitors gives each service's client something that watches its calls, by the service's name
     * @throws NoRegionException where no region is set anywhere
     */
    AwsClients(ConsumerConfig config, Function<String, ExecutionInterceptor> monitors) {
        this.config = config;
        this.monitors = monitors;
        this.access = AwsAccess.of(config.endpoint(), config.region());
        this.asyncHttp = opened(NettyNioAsyncHttpClient.builder()
                .maxConcurrency(CONNECTIONS)
                .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOP_THREADS))
                .build());
    }

    KinesisAsyncClient kinesis() {
        if (config.retrievalMode() == RetrievalMode.POLLING) {
            return opened(common(KinesisAsyncClient.builder(), AwsService.KINESIS, new RecordsInterceptor())
                    .httpClient(asyncHttp)
                    .build());
        }
        // SubscribeToShard needs HTTP/2.
        return opened(common(KinesisAsyncClient.builder(), AwsService.KINESIS)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP2)
                        .maxConcurrency(Integer.MAX_VALUE)
                        .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOP_THREADS)))
                .build());
    }

    DynamoDbAsyncClient dynamo() {
        return opened(common(DynamoDbAsyncClient.builder(), AwsService.DYNAMODB)
                .httpClient(asyncHttp)
                .build());
    }

    CloudWatchAsyncClient cloudWatch() {
        return opened(common(CloudWatchAsyncClient.builder(), AwsService.CLOUDWATCH)
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
        return watched(access.configureS3(S3AsyncClient.builder()), AwsService.S3)
                .httpClient(asyncHttp);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <B extends AwsClientBuilder<B, C>, C> B common(
            B builder, AwsService service, ExecutionInterceptor... interceptors) {
        return watched(access.configure(builder, service), service, interceptors);
    }

    private <B extends AwsClientBuilder<B, C>, C> B watched(
            B builder, AwsService service, ExecutionInterceptor... interceptors) {
        return builder.overrideConfiguration(override -> {
            override.addExecutionInterceptor(monitors.apply(service.id()))
                    .addExecutionInterceptor(new CallDeadline(CALL_TIMEOUT, ATTEMPT_TIMEOUT, STREAMING));
            Stream.of(interceptors).forEach(override::addExecutionInterceptor);
        });
    }

    private <T extends SdkAutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }
}
