package io.millrace.benchmarks.producer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** What services write by hand: a list of 500, one {@code PutRecords}, the failed entries again. */
final class SdkSender implements Sender {

    private static final int BATCH = 500;
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private record Waiting(int event, PutRecordsRequestEntry entry) {}

    private final KinesisClient kinesis;
    private final String stream;
    private final Acknowledgements acknowledgements;
    private List<Waiting> batch = new ArrayList<>(BATCH);
    private long oldest;

    SdkSender(Target target, Acknowledgements acknowledgements) {
        this.stream = target.stream();
        this.acknowledgements = acknowledgements;
        this.kinesis = KinesisClient.builder()
                .endpointOverride(target.endpoint())
                .region(Region.of(Target.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    @Override
    public void send(int event, String partitionKey, byte[] data) {
        if (batch.isEmpty()) {
            oldest = System.nanoTime();
        }
        batch.add(new Waiting(
                event,
                PutRecordsRequestEntry.builder()
                        .partitionKey(partitionKey)
                        .data(SdkBytes.fromByteArrayUnsafe(data))
                        .build()));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    @Override
    public void idle() {
        if (!batch.isEmpty() && System.nanoTime() - oldest >= LINGER_NANOS) {
            flush();
        }
    }

    @Override
    public void flush() {
        while (!batch.isEmpty()) {
            PutRecordsResponse response = kinesis.putRecords(request -> request.streamName(stream)
                    .records(batch.stream().map(Waiting::entry).toList()));
            List<Waiting> again = new ArrayList<>(BATCH);
            for (int i = 0; i < batch.size(); i++) {
                if (response.records().get(i).errorCode() == null) {
                    acknowledgements.delivered(batch.get(i).event());
                } else {
                    again.add(batch.get(i));
                }
            }
            batch = again;
        }
    }

    @Override
    public void close() {
        kinesis.close();
    }
}
