package io.millrace.consumer.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.millrace.pipeline.record.SourceRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;

/** The SDK's client itself, over a connection that answers what the test says. */
class RecordsInterceptorTest {

    private static final ObjectMapper CBOR = new CBORMapper();
    private static final int PIECE_BYTES = 64;
    private static final String CBOR_TYPE = "application/x-amz-cbor-1.1";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final KinesisAsyncClient kinesis = KinesisAsyncClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(new Connection())
            .overrideConfiguration(override -> override.addExecutionInterceptor(new RecordsInterceptor()))
            .build();
    private final ReadCall decoded = new ReadCall(true);

    /** @param failure how the body ends, if it does not end well */
    private record Answer(int status, Map<String, List<String>> headers, ByteBuffer body, Throwable failure) {

        static Answer cbor(ObjectNode answer) throws IOException {
            return new Answer(
                    200,
                    Map.of("Content-Type", List.of(CBOR_TYPE)),
                    ByteBuffer.wrap(CBOR.writeValueAsBytes(answer)),
                    null);
        }
    }

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void theRecordsAreOursAndTheRestIsTheSdks() throws IOException {
        answers.add(Answer.cbor(answer("next", "one", "two")));
        GetRecordsResponse response = read();
        assertEquals(List.of("one", "two"), texts(decoded.take("next").orElseThrow()));
        assertFalse(response.hasRecords());
        assertEquals("next", response.nextShardIterator());
        assertEquals(7, response.millisBehindLatest());
        assertEquals("child", response.childShards().get(0).shardId());
    }

    @Test
    void aShardsEndHasNoNextIterator() throws IOException {
        answers.add(Answer.cbor(answer(null, "last")));
        assertNull(read().nextShardIterator());
        assertEquals(List.of("last"), texts(decoded.take(null).orElseThrow()));
    }

    @Test
    void whoDoesNotAskGetsTheSdksRecords() throws IOException {
        answers.add(Answer.cbor(answer("next", "one")));
        GetRecordsResponse response =
                kinesis.getRecords(request -> request.shardIterator("here")).join();
        assertEquals("one", response.records().get(0).data().asUtf8String());
    }

    @Test
    void anUnusualAnswerIsTheSdks() throws IOException {
        ObjectNode unusual = answer("next", "one");
        ((ObjectNode) unusual.get("Records").get(0)).put("ApproximateArrivalTimestamp", 1.5e12);
        answers.add(Answer.cbor(unusual));
        assertEquals("one", read().records().get(0).data().asUtf8String());
        assertEquals(Optional.empty(), decoded.take("next"));
    }

    @Test
    void anAnswerThatTheSdkChecksIsTheSdks() throws IOException {
        Answer plain = Answer.cbor(answer("next", "one"));
        CRC32 crc = new CRC32();
        crc.update(plain.body().duplicate());
        Map<String, List<String>> headers =
                Map.of("Content-Type", List.of(CBOR_TYPE), "x-amz-crc32", List.of(Long.toString(crc.getValue())));
        answers.add(new Answer(200, headers, plain.body(), null));
        assertEquals("one", read().records().get(0).data().asUtf8String());
        assertEquals(Optional.empty(), decoded.take("next"));
    }

    @Test
    void anErrorStaysOne() throws IOException {
        byte[] body = CBOR.writeValueAsBytes(Map.of("__type", "ExpiredIteratorException", "message", "expired"));
        answers.add(new Answer(400, Map.of("Content-Type", List.of(CBOR_TYPE)), ByteBuffer.wrap(body), null));
        CompletionException e = assertThrows(CompletionException.class, this::read);
        assertEquals(ExpiredIteratorException.class, e.getCause().getClass());
    }

    @Test
    void anAttemptThatWasRefusedIsTold() throws IOException {
        byte[] body = CBOR.writeValueAsBytes(
                Map.of("__type", "ProvisionedThroughputExceededException", "message", "too fast"));
        answers.add(new Answer(400, Map.of("Content-Type", List.of(CBOR_TYPE)), ByteBuffer.wrap(body), null));
        answers.add(Answer.cbor(answer("next", "one")));
        read();
        assertTrue(decoded.wasRefused());
        assertEquals(List.of("one"), texts(decoded.take("next").orElseThrow()));
    }

    @Test
    void anAttemptThatFailedIsNoRefusal() throws IOException {
        answers.add(new Answer(500, Map.of(), ByteBuffer.allocate(0), null));
        answers.add(Answer.cbor(answer("next", "one")));
        read();
        assertFalse(decoded.wasRefused());
    }

    @Test
    void aBodyThatBreaksOffIsReadAgain() throws IOException {
        Answer whole = Answer.cbor(answer("next", "one"));
        answers.add(new Answer(
                200, whole.headers(), ByteBuffer.wrap(new byte[] {1, 2}), new IOException("connection reset")));
        answers.add(whole);
        read();
        assertEquals(List.of("one"), texts(decoded.take("next").orElseThrow()));
        assertEquals(List.of(whole), List.copyOf(answers), "both were asked for");
    }

    @Test
    void anotherAttemptsRecordsAreNotTaken() throws IOException {
        answers.add(Answer.cbor(answer("next", "one")));
        read();
        answers.clear();
        answers.add(Answer.cbor(answer("later", "one", "two")));
        read(); // as an attempt that was given up and ends late
        assertThrows(ReadCall.OtherAttemptException.class, () -> decoded.take("next"));
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        answers.add(new Answer(200, Map.of("Content-Type", List.of(CBOR_TYPE)), ByteBuffer.allocate(33 << 20), null));
        CompletionException e = assertThrows(CompletionException.class, this::read);
        assertTrue(e.getMessage().contains("more than 33554432 bytes"), e.getMessage());
    }

    private GetRecordsRequest.Builder request() {
        GetRecordsRequest.Builder request = GetRecordsRequest.builder().shardIterator("here");
        decoded.attachTo(request);
        return request;
    }

    private GetRecordsResponse read() {
        return kinesis.getRecords(request().build()).join();
    }

    private static List<String> texts(List<SourceRecord> records) {
        return records.stream()
                .map(record ->
                        StandardCharsets.UTF_8.decode(record.data().duplicate()).toString())
                .toList();
    }

    private static ObjectNode answer(String next, String... data) {
        ObjectNode answer = CBOR.createObjectNode();
        int number = 0;
        for (String text : data) {
            answer.withArray("Records")
                    .addObject()
                    .put("SequenceNumber", Integer.toString(++number))
                    .put("ApproximateArrivalTimestamp", 1_700_000_000_000L)
                    .put("Data", text.getBytes(StandardCharsets.UTF_8))
                    .put("PartitionKey", "key");
        }
        if (next != null) {
            answer.put("NextShardIterator", next);
        }
        answer.put("MillisBehindLatest", 7);
        answer.withArray("ChildShards").addObject().put("ShardId", "child");
        return answer;
    }

    private final class Connection implements SdkAsyncHttpClient {

        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            Answer answer =
                    answers.size() > 1 ? answers.remove() : answers.element(); // the last one answers retries too
            request.responseHandler()
                    .onHeaders(SdkHttpResponse.builder()
                            .statusCode(answer.status())
                            .headers(answer.headers())
                            .build());
            CompletableFuture<Void> done = new CompletableFuture<>();
            request.responseHandler().onStream(subscriber -> send(answer, subscriber, done));
            return done;
        }

        private void send(Answer answer, Subscriber<? super ByteBuffer> subscriber, CompletableFuture<Void> done) {
            List<ByteBuffer> pieces = new ArrayList<>();
            int length = answer.body().remaining();
            for (int from = 0; from < length; from += PIECE_BYTES) {
                pieces.add(answer.body().slice(from, Math.min(PIECE_BYTES, length - from)));
            }
            if (answer.failure() == null) {
                SdkPublisher.fromIterable(pieces).subscribe(subscriber);
                done.complete(null);
                return;
            }
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long count) {
                    pieces.forEach(subscriber::onNext);
                    subscriber.onError(answer.failure());
                    done.completeExceptionally(answer.failure());
                }

                @Override
                public void cancel() {}
            });
        }

        @Override
        public void close() {}
    }
}
