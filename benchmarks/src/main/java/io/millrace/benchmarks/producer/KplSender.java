package io.millrace.benchmarks.producer;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.KinesisProducerConfiguration.RecordDistributionStrategyDefault;
import software.amazon.kinesis.producer.UserRecordFailedException;
import software.amazon.kinesis.producer.UserRecordResult;

/** Amazon's Kinesis Producer Library with its native daemon. */
final class KplSender implements Sender {

    /** The KPL has no backpressure: its documentation has callers look at the number of outstanding records. */
    private static final int MOST_OUTSTANDING = 20_000;
    /** In percent of a shard's limits; the default of 150 would hold the KPL back where local-aws does not. */
    private static final long NO_RATE_LIMIT = 1_000_000;

    private final KinesisProducer producer;
    private final String stream;
    private final Acknowledgements acknowledgements;

    KplSender(Target target, Acknowledgements acknowledgements, boolean aggregation) {
        this.stream = target.stream();
        this.acknowledgements = acknowledgements;
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        String host = "localhost";
        this.producer = new KinesisProducer(new KinesisProducerConfiguration()
                .setRegion(Target.REGION)
                .setKinesisEndpoint(host)
                .setKinesisPort(target.endpoint().getPort())
                .setStsEndpoint(host)
                .setStsPort(target.endpoint().getPort())
                .setCloudwatchEndpoint(host)
                .setCloudwatchPort(target.endpoint().getPort())
                .setVerifyCertificate(false)
                .setCredentialsProvider(credentials)
                .setMetricsCredentialsProvider(credentials)
                .setMetricsLevel("none")
                .setLogLevel(System.getProperty("kpl.logLevel", "error"))
                .setThreadingModel(KinesisProducerConfiguration.ThreadingModel.POOLED)
                .setThreadPoolSize(2)
                // Else it aggregates only as a fallback, where the stream does not say that it distributes records.
                .setRecordDistributionStrategyDefault(RecordDistributionStrategyDefault.USER_PARTITION_KEY)
                .setAggregationEnabled(aggregation)
                .setAggregationMaxSize(Long.getLong("kpl.aggregationMaxSize", 262_144))
                .setRecordMaxBufferedTime(100)
                .setRecordTtl(120_000)
                .setRequestTimeout(10_000)
                .setRateLimit(NO_RATE_LIMIT));
    }

    @Override
    public void send(int event, String partitionKey, byte[] data) {
        while (producer.getOutstandingRecordsCount() >= MOST_OUTSTANDING) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        var added = producer.addUserRecord(stream, partitionKey, ByteBuffer.wrap(data));
        Futures.addCallback(
                added,
                new FutureCallback<UserRecordResult>() {
                    @Override
                    public void onSuccess(UserRecordResult result) {
                        acknowledgements.delivered(event);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        acknowledgements.failed(event, explained(failure));
                    }
                },
                MoreExecutors.directExecutor());
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof UserRecordFailedException e
                ? new IllegalStateException(String.valueOf(e.getResult().getAttempts()), e)
                : failure;
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.destroy();
    }
}
