package io.millrace.consumer.kcl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.consumer.decode.RecordsInterceptor;
import io.millrace.localaws.LocalAwsSettings;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.localaws.kinesis.ShardLimits;
import io.millrace.pipeline.record.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdCache;
import software.amazon.kinesis.coordinator.streamInfo.StreamIdOnboardingState;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.KinesisDataFetcherProviderConfig;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** The fetcher that KCL is given, on shards that give what AWS's give. */
class PollingIT {

    @RegisterExtension
    static final LocalAwsExtension aws =
            LocalAwsExtension.create(LocalAwsSettings.ephemeral().withShardLimits(ShardLimits.READS));

    private static final String SHARD = "shardId-000000000000";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<String> agents = new CopyOnWriteArrayList<>();
    private final KinesisAsyncClient kinesis = KinesisAsyncClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
            .overrideConfiguration(override ->
                    override.addExecutionInterceptor(new RecordsInterceptor()).addExecutionInterceptor(new Agents()))
            .build();

    /** KCL's fetcher asks for it, and its scheduler, which is not here, sets it. */
    @BeforeAll
    static void noStreamIds() {
        StreamIdCache.initialize(null, StreamIdOnboardingState.NOT_ONBOARDED);
    }

    @AfterEach
    void close() {
        kinesis.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheRecordsThatTheSdkReads(boolean decodes) {
        String stream = "read-" + decodes;
        aws.createStream(stream, 1);
        Random random = new Random(7);
        for (int size : List.of(0, 1, 300, 8_191, 70_000, 900_000, 5)) {
            byte[] data = new byte[size];
            random.nextBytes(data);
            aws.kinesis()
                    .putRecord(put ->
                            put.streamName(stream).partitionKey("key-é-" + size).data(SdkBytes.fromByteArray(data)));
        }
        List<SourceRecord> read = read(reader(stream, decodes), 7);
        List<Record> expected = readBySdk(stream);
        assertEquals(expected.size(), read.size());
        for (int i = 0; i < read.size(); i++) {
            Record record = expected.get(i);
            assertEquals(record.sequenceNumber(), read.get(i).position().sequenceNumber());
            assertEquals(record.partitionKey(), read.get(i).partitionKey());
            assertEquals(record.approximateArrivalTimestamp(), read.get(i).arrival());
            assertEquals(record.data().asByteBuffer(), read.get(i).data());
        }
        assertTrue(
                agents.stream().allMatch(agent -> agent.contains("amazon-kinesis-client-library")), () -> "" + agents);
    }

    /** Our decoder keeps parts of the pieces that an answer came in; a client that filled them again would change records. */
    @Test
    void theHttpClientFillsNoPieceTwice() {
        aws.createStream("pieces", 1);
        Random random = new Random(11);
        byte[] data = new byte[200_000];
        for (int i = 0; i < 12; i++) {
            random.nextBytes(data);
            aws.kinesis()
                    .putRecord(
                            put -> put.streamName("pieces").partitionKey("key").data(SdkBytes.fromByteArray(data)));
        }
        List<SourceRecord> read = read(reader("pieces", true), 12);
        List<byte[]> then = read.stream().map(PollingIT::bytes).toList();
        read(reader("pieces", true), 12);
        readBySdk("pieces");
        for (int i = 0; i < read.size(); i++) {
            assertArrayEquals(then.get(i), bytes(read.get(i)));
            assertEquals(readBySdk("pieces").get(i).data(), SdkBytes.fromByteArray(then.get(i)));
        }
    }

    private static byte[] bytes(SourceRecord record) {
        byte[] bytes = new byte[record.data().remaining()];
        record.data().duplicate().get(bytes);
        return bytes;
    }

    @Test
    void learnsThatAShardRefuses() {
        aws.createStream("refuse", 1);
        for (int i = 0; i < 6; i++) {
            aws.kinesis()
                    .putRecord(put -> put.streamName("refuse")
                            .partitionKey("key")
                            .data(SdkBytes.fromByteArray(new byte[1_000_000])));
        }
        ShardReader reader = reader("refuse", true);
        assertEquals(6, read(reader, 6).size());
        assertTrue(reader.rate().freeAgain().isEmpty());
        reader.getRecords(); // three seconds too early
        assertTrue(reader.rate().freeAgain().isPresent());
    }

    private ShardReader reader(String stream, boolean decodes) {
        PollingConfig config = Polling.config(
                kinesis,
                Duration.ofMillis(200),
                1_000,
                TIMEOUT,
                decodes,
                new ReadBudget(ReadBudget.LARGEST_READ),
                shard -> false,
                new DeafListener());
        ShardReader reader = (ShardReader) config.dataFetcherProvider()
                .apply(new KinesisDataFetcherProviderConfig(
                        StreamIdentifier.singleStreamInstance(stream),
                        SHARD,
                        new NullMetricsFactory(),
                        1_000,
                        TIMEOUT));
        reader.initialize(
                ExtendedSequenceNumber.TRIM_HORIZON,
                InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
        return reader;
    }

    private static List<SourceRecord> read(ShardReader reader, int count) {
        List<SourceRecord> read = new ArrayList<>();
        while (read.size() < count) {
            read.addAll(WholeRead.unwrap(reader.getRecords().acceptAdapter().records())
                    .records());
        }
        return read;
    }

    private List<Record> readBySdk(String stream) {
        String iterator = aws.kinesis()
                .getShardIterator(
                        get -> get.streamName(stream).shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return aws.kinesis().getRecords(get -> get.shardIterator(iterator)).records();
    }

    private final class Agents implements ExecutionInterceptor {

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (context.request() instanceof GetRecordsRequest) {
                agents.add(
                        context.httpRequest().firstMatchingHeader("User-Agent").orElse(""));
            }
        }
    }
}
