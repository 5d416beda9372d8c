package io.millrace.localaws.testing;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.AttributeMap;

/** Clients that do not retry, so that one call is one request, and trust any certificate. */
public final class OneTryClients implements AutoCloseable {

    private final SdkHttpClient http = ApacheHttpClient.builder()
            .buildWithDefaults(AttributeMap.builder()
                    .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                    .build());
    public final KinesisClient kinesis;
    public final DynamoDbClient dynamoDb;
    public final S3Client s3;

    public OneTryClients(URI endpoint) {
        kinesis = oneTry(KinesisClient.builder().httpClient(http), endpoint).build();
        dynamoDb = oneTry(DynamoDbClient.builder().httpClient(http), endpoint).build();
        s3 = oneTry(S3Client.builder().httpClient(http).forcePathStyle(true), endpoint)
                .build();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B oneTry(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        s3.close();
        http.close();
    }
}
