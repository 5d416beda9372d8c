package io.millrace.chaos;

import io.millrace.localaws.LocalAws;
import io.millrace.localaws.LocalAwsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.s3.S3Client;

/** A local AWS in this JVM with one stream, named {@link #NAME}, and the {@link #BUCKETS}. */
final class Cloud implements AutoCloseable {

    static final String NAME = "chaos";

    /** {@link #NAME} and others that a worker may be told to write to instead. */
    static final List<String> BUCKETS = List.of(NAME, NAME + "-2", NAME + "-3");

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final LocalAws aws;
    private final KinesisClient kinesis;
    private final S3Client s3;

    private Cloud(LocalAws aws) {
        this.aws = aws;
        this.kinesis = KinesisClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(ApacheHttpClient.create())
                // A retry after a lost answer would put an event twice, and the doubling would be the producer's.
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        this.s3 = S3Client.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(ApacheHttpClient.create())
                .forcePathStyle(true)
                .build();
    }

    static Cloud start(int shards, long faultSeed) throws IOException {
        return start(shards, LocalAwsSettings.ephemeral().withFaultSeed(faultSeed));
    }

    static Cloud start(int shards, LocalAwsSettings settings) throws IOException {
        Cloud cloud = new Cloud(LocalAws.start(settings));
        BUCKETS.forEach(bucket -> cloud.s3.createBucket(create -> create.bucket(bucket)));
        cloud.kinesis.createStream(create -> create.streamName(NAME).shardCount(shards));
        cloud.kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(NAME));
        return cloud;
    }

    LocalAws aws() {
        return aws;
    }

    KinesisClient kinesis() {
        return kinesis;
    }

    S3Client s3() {
        return s3;
    }

    /** The folders that hold the buckets' objects as plain files. */
    List<Path> buckets() {
        Path s3 = aws.dataDir().resolve("s3");
        return BUCKETS.stream().map(s3::resolve).toList();
    }

    int openShards() {
        return kinesis.describeStreamSummary(describe -> describe.streamName(NAME))
                .streamDescriptionSummary()
                .openShardCount();
    }

    /** Whether it was begun: not while an earlier one is under way. */
    boolean reshard(int shards) {
        try {
            kinesis.updateShardCount(update ->
                    update.streamName(NAME).targetShardCount(shards).scalingType(ScalingType.UNIFORM_SCALING));
            return true;
        } catch (ResourceInUseException | LimitExceededException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kinesis.close();
        s3.close();
        aws.close();
    }
}
