package io.millrace.localaws.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.localaws.testing.OneTryClients;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Each effect as an SDK client sees it. */
class FaultEffectsIT {

    private static final String STREAM = "logs";
    private static final String BUCKET = "lake";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static OneTryClients clients;

    @BeforeAll
    static void setUp() {
        clients = new OneTryClients(aws.endpoint());
        aws.createStream(STREAM, 1);
        aws.createBucket(BUCKET);
    }

    @AfterAll
    static void tearDown() {
        clients.close();
    }

    @BeforeEach
    void forgetCalls() {
        aws.localAws().calls().reset();
    }

    @Test
    void throttlesInEachServicesOwnWords() {
        aws.faults().add(Fault.throttle("*"));

        assertError(400, "ProvisionedThroughputExceededException", () -> putRecords(1));
        assertError(400, "ProvisionedThroughputExceededException", () -> clients.dynamoDb.scan(r -> r.tableName("t")));
        assertError(400, "ThrottlingException", () -> clients.dynamoDb.listTables());
        assertError(503, "SlowDown", () -> putObject("throttled"));
        assertThrows(LimitExceededException.class, () -> clients.kinesis.listShards(r -> r.streamName(STREAM)));
    }

    @Test
    void failsInEachServicesOwnWords() {
        aws.faults().add(Fault.serverError("*", 500));

        assertError(500, "InternalFailure", () -> putRecords(1));
        assertError(500, "InternalServerError", () -> clients.dynamoDb.listTables());
        assertError(500, "InternalError", () -> putObject("failed"));
        aws.faults().clear();
        aws.faults().add(Fault.serverError("*", 503));
        assertError(503, "ServiceUnavailable", () -> putRecords(1));
        assertError(503, "ServiceUnavailable", () -> putObject("failed"));
    }

    @Test
    void aLargeUploadReadsTheErrorToo() {
        aws.faults().add(Fault.throttle("s3:PutObject"));

        assertError(
                503,
                "SlowDown",
                () -> clients.s3.putObject(
                        r -> r.bucket(BUCKET).key("large"), RequestBody.fromBytes(new byte[10 << 20])));
    }

    @Test
    void dropsTheConnectionBeforeTheOperation() {
        aws.faults().add(Fault.dropBefore("s3:PutObject").withTimes(1));

        assertThrows(SdkClientException.class, () -> putObject("dropped-before"));

        assertThrows(NoSuchKeyException.class, () -> head("dropped-before"));
        putObject("dropped-before");
        assertEquals(1, head("dropped-before").contentLength());
    }

    @Test
    void losesTheAnswerOfAnOperationThatIsCarriedOut() {
        int before = recordsHeld();
        aws.faults().add(Fault.dropAfter("*").withTimes(2));

        assertThrows(SdkClientException.class, () -> putObject("dropped-after"));
        assertThrows(SdkClientException.class, () -> putRecords(3));

        assertEquals(1, head("dropped-after").contentLength());
        assertEquals(before + 3, recordsHeld());
    }

    @Test
    void delays() {
        aws.faults().add(Fault.delay("dynamodb:ListTables", Duration.ofMillis(300)));

        long start = System.nanoTime();
        clients.dynamoDb.listTables();

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
    }

    @Test
    void failsSingleEntries() {
        long before = recordsHeld();
        aws.faults().add(Fault.throttleEntries().withTimes(2));
        aws.faults().add(Fault.failEntries().withTimes(1));

        PutRecordsResponse response = putRecords(10);

        assertEquals(3, response.failedRecordCount());
        assertEquals(
                List.of(
                        "ProvisionedThroughputExceededException",
                        "ProvisionedThroughputExceededException",
                        "InternalFailure"),
                response.records().stream()
                        .map(PutRecordsResultEntry::errorCode)
                        .filter(code -> code != null)
                        .toList());
        assertEquals(before + 7, recordsHeld());
    }

    @Test
    void theSdkRetriesWhatAFaultBrokeOnce() {
        aws.faults().add(Fault.dropAfter("s3:PutObject").withTimes(1));
        aws.faults().add(Fault.serverError("s3:GetObject", 500).withTimes(1));

        aws.s3().putObject(r -> r.bucket(BUCKET).key("retried"), RequestBody.fromString("x"));
        assertEquals(
                "x",
                aws.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key("retried")).asUtf8String());

        assertEquals(2, aws.localAws().calls().count("s3:PutObject"));
        assertEquals(2, aws.localAws().calls().count("s3:GetObject"));
    }

    private static void assertError(int status, String code, Runnable call) {
        AwsServiceException error = assertThrows(AwsServiceException.class, call::run);
        assertEquals(status, error.statusCode());
        assertEquals(code, error.awsErrorDetails().errorCode());
    }

    private static PutRecordsResponse putRecords(int count) {
        var entry = PutRecordsRequestEntry.builder()
                .partitionKey("a")
                .data(SdkBytes.fromUtf8String("{}"))
                .build();
        return clients.kinesis.putRecords(r -> r.streamName(STREAM).records(Collections.nCopies(count, entry)));
    }

    private static int recordsHeld() {
        String iterator = clients.kinesis
                .getShardIterator(r ->
                        r.streamName(STREAM).shardId("shardId-000000000000").shardIteratorType("TRIM_HORIZON"))
                .shardIterator();
        return clients.kinesis
                .getRecords(r -> r.shardIterator(iterator))
                .records()
                .size();
    }

    private static void putObject(String key) {
        clients.s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("x"));
    }

    private static HeadObjectResponse head(String key) {
        return clients.s3.headObject(r -> r.bucket(BUCKET).key(key));
    }
}
