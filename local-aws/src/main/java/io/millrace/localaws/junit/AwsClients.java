package io.millrace.localaws.junit;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** SDK clients for one endpoint, made when first asked for: HTTP/1.1, credentials test/test, region us-east-1. */
final class AwsClients implements AutoCloseable {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final URI endpoint;
    private final Deque<SdkAutoCloseable> opened = new ArrayDeque<>();

    private final Lazy<SdkHttpClient> http = new Lazy<>(() -> ApacheHttpClient.create());
    private final Lazy<SdkAsyncHttpClient> asyncHttp = new Lazy<>(
            () -> NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build());
    private final Lazy<KinesisClient> kinesis =
            new Lazy<>(() -> sync(KinesisClient.builder()).build());
    private final Lazy<KinesisAsyncClient> kinesisAsync =
            new Lazy<>(() -> async(KinesisAsyncClient.builder()).build());
    private final Lazy<DynamoDbClient> dynamoDb =
            new Lazy<>(() -> sync(DynamoDbClient.builder()).build());
    private final Lazy<DynamoDbAsyncClient> dynamoDbAsync =
            new Lazy<>(() -> async(DynamoDbAsyncClient.builder()).build());
    private final Lazy<S3Client> s3 =
            new Lazy<>(() -> sync(S3Client.builder().forcePathStyle(true)).build());
    private final Lazy<S3AsyncClient> s3Async =
            new Lazy<>(() -> async(S3AsyncClient.builder().forcePathStyle(true)).build());

    AwsClients(URI endpoint) {
        this.endpoint = endpoint;
    }

    KinesisClient kinesis() {
        return kinesis.get();
    }

    KinesisAsyncClient kinesisAsync() {
        return kinesisAsync.get();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    DynamoDbAsyncClient dynamoDbAsync() {
        return dynamoDbAsync.get();
    }

    S3Client s3() {
        return s3.get();
    }

    S3AsyncClient s3Async() {
        return s3Async.get();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B sync(B builder) {
        return common(builder).httpClient(http.get());
    }

    private <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B async(B builder) {
        return common(builder).httpClient(asyncHttp.get());
    }

    private <B extends AwsClientBuilder<B, C>, C> B common(B builder) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(CREDENTIALS);
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private final class Lazy<T extends SdkAutoCloseable> {
        private final Supplier<T> factory;
        private T value;

        Lazy(Supplier<T> factory) {
            this.factory = factory;
        }

        T get() {
            synchronized (AwsClients.this) {
                if (value == null) {
                    value = factory.get();
                    opened.push(value);
                }
                return value;
            }
        }
    }
}
