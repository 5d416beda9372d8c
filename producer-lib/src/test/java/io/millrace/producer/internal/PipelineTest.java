package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.producer.DeliveryTimeoutException;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.SendResult;
import io.millrace.producer.Totals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final PutOutcome THROTTLED =
            new PutOutcome.Retryable("ProvisionedThroughputExceededException", "slow down", true);
    private static final PutOutcome BROKEN = new PutOutcome.Retryable("InternalFailure", "oops", false);

    private final PipelineBench bench =
            new PipelineBench(ProducerConfig.builder().build());

    @Test
    void eventsWaitForEachOtherAsLongAsTheLingerAndShareARequest() {
        bench.accept("a", "1");
        bench.pass(Duration.ofMillis(60));
        bench.accept("b", "2");
        bench.pass(Duration.ofMillis(39));
        assertEquals(List.of(), bench.kinesis.requests);

        bench.pass(Duration.ofMillis(2));

        assertEquals(List.of("1", "2"), bench.kinesis.last().texts());
    }

    @Test
    void aFullRequestDoesNotLinger() {
        for (int i = 0; i < 501; i++) {
            bench.accept("key-" + i, "x");
        }
        bench.turn();

        assertEquals(1, bench.kinesis.requests.size());
        assertEquals(500, bench.kinesis.last().records().size());
    }

    @Test
    void aDeliveredEventTellsWhereItIs() throws Exception {
        CompletableFuture<SendResult> sent = bench.send("a", "1");
        bench.pass(Duration.ofMillis(100));
        bench.kinesis.last().answer(record -> new PutOutcome.Delivered("shard-0", "42"));
        bench.turn();

        assertEquals(new SendResult("shard-0", "42", 1, SendResult.Whereabouts.STREAM), sent.get());
        assertEquals(new Totals(1, 1, 0, 0, 0, 0, 0), bench.totals());
    }

    @Test
    void onlyTheFailedEntriesAreSentAgain() throws Exception {
        CompletableFuture<SendResult> good = bench.send("a", "good");
        CompletableFuture<SendResult> bad = bench.send("b", "bad");
        bench.pass(Duration.ofMillis(100));
        bench.kinesis.last().answer(r -> r.partitionKey().equals("b") ? BROKEN : bench.kinesis.deliver(r));
        bench.turn();
        assertTrue(good.isDone());
        assertFalse(bad.isDone());

        bench.pass(Duration.ofMillis(100));
        assertEquals(List.of("bad"), bench.kinesis.last().texts());
        bench.kinesis.last().answer(bench.kinesis::deliver);
        bench.turn();

        assertEquals(2, bad.get().attempts());
    }

    @Test
    void anEventNeverOvertakesAnEarlierOneOfItsKey() {
        bench.accept("a", "1");
        bench.accept("a", "2");
        bench.accept("b", "3");
        bench.pass(Duration.ofMillis(100));
        assertEquals(List.of("1", "3"), bench.kinesis.last().texts());

        bench.kinesis.last().answer(r -> r.partitionKey().equals("a") ? BROKEN : bench.kinesis.deliver(r));
        bench.pass(Duration.ofMillis(200));
        assertEquals(List.of("1"), bench.kinesis.last().texts());

        bench.kinesis.last().answer(bench.kinesis::deliver);
        bench.turn();
        assertEquals(List.of("2"), bench.kinesis.last().texts());
    }

    @Test
    void aKeyThatIsBehindHasItsJsonEventsShareARecord() throws Exception {
        for (int i = 0; i <= LinesPacker.BEHIND_EVENTS; i++) {
            bench.accept("a", "{\"n\":" + i + "}");
        }
        CompletableFuture<SendResult> last = bench.send("a", "{\"n\":\"last\"}");
        bench.accept("a", "no JSON");
        bench.accept("a", "no JSON either");
        bench.pass(Duration.ofMillis(100));
        List<String> lines = bench.kinesis.last().texts().get(0).lines().toList();
        assertEquals(LinesPacker.BEHIND_EVENTS + 2, lines.size());
        assertEquals("{\"n\":\"last\"}", lines.get(lines.size() - 1));
        bench.kinesis.last().answer(record -> new PutOutcome.Delivered("shard-0", "42"));
        bench.turn();
        assertEquals("42", last.get().sequenceNumber());
        assertEquals(List.of("no JSON"), bench.kinesis.last().texts());
    }

    @Test
    void aKeyThatKeepsUpHasARecordForEachEvent() {
        bench.accept("a", "{\"n\":1}");
        bench.accept("a", "{\"n\":2}");
        bench.pass(Duration.ofMillis(100));
        assertEquals(List.of("{\"n\":1}"), bench.kinesis.last().texts());
        bench.kinesis.last().answer(bench.kinesis::deliver);
        bench.turn();
        assertEquals(List.of("{\"n\":2}"), bench.kinesis.last().texts());
    }

    @Test
    void eventsThatHaveWaitedForLongShareARecord() {
        bench.accept("a", "{\"n\":1}");
        bench.accept("a", "{\"n\":2}");
        bench.accept("a", "{\"n\":3}");
        bench.pass(Duration.ofMillis(201));
        bench.kinesis.last().answer(bench.kinesis::deliver);
        bench.turn();
        assertEquals(List.of("{\"n\":2}\n{\"n\":3}"), bench.kinesis.last().texts());
    }

    @Test
    void throttlingSlowsOnlyItsShard() {
        bench.kinesis.shards = FakeKinesis.shards(2);
        PipelineBench two = bench;
        two.pass(Duration.ofMinutes(1).plusSeconds(1)); // the next look at the shards
        String left = keyIn("shard-0");
        String right = keyIn("shard-1");
        two.accept(left, "left-1");
        two.accept(right, "right-1");
        two.pass(Duration.ofMillis(100));
        two.kinesis.last().answer(r -> r.partitionKey().equals(left) ? THROTTLED : two.kinesis.deliver(r));
        two.turn();

        two.accept(right, "right-2");
        two.accept("other" + left, "x");
        two.kinesis.requests.clear();
        two.pass(Duration.ofMillis(99));
        assertEquals(List.of(), two.kinesis.requests);
        two.pass(Duration.ofMillis(2));
        assertTrue(two.kinesis.requests.stream().anyMatch(r -> r.texts().contains("right-2")));
    }

    private String keyIn(String shardId) {
        ShardMap map = new ShardMap(bench.kinesis.shards);
        for (int i = 0; ; i++) {
            if (map.predict(HashKey.of("key" + i)).orElseThrow().shardId().equals(shardId)) {
                return "key" + i;
            }
        }
    }

    @Test
    void anEventThatCannotBeDeliveredInTimeExpiresAndSaysWhy() {
        CompletableFuture<SendResult> sent = bench.send("a", "1");
        bench.kinesis.answer = record -> BROKEN;

        bench.pass(Duration.ofMinutes(2).plusSeconds(2));

        ExecutionException e = assertThrows(ExecutionException.class, sent::get);
        assertInstanceOf(DeliveryTimeoutException.class, e.getCause());
        assertTrue(
                e.getCause().getMessage().contains("InternalFailure"),
                e.getCause().getMessage());
        assertEquals(new Totals(1, 0, 0, 1, 0, 0, 0), bench.totals());
    }

    @Test
    void aRequestRefusedAsAWholeIsNarrowedDownToTheCulprit() {
        CompletableFuture<SendResult> poison = null;
        for (int i = 0; i < 10; i++) {
            CompletableFuture<SendResult> sent = bench.send("key-" + i, i == 7 ? "poison" : "fine");
            poison = i == 7 ? sent : poison;
        }
        bench.pass(Duration.ofMillis(100));
        for (int i = 0; i < bench.kinesis.requests.size(); i++) {
            FakeKinesis.Request request = bench.kinesis.requests.get(i);
            if (request.texts().contains("poison")) {
                request.fail(new PutOutcome.Rejected("ValidationException", "no"));
            } else {
                request.answer(bench.kinesis::deliver);
            }
            bench.turn();
        }

        assertTrue(poison.isCompletedExceptionally());
        assertEquals(new Totals(10, 9, 1, 0, 0, 0, 0), bench.totals());
    }

    @Test
    void whileRequestsFailAsAWholeOneAtATimeProbes() {
        for (int i = 0; i < 2000; i++) {
            bench.accept("key-" + i, "x");
        }
        bench.turn();
        assertEquals(4, bench.kinesis.requests.size());
        bench.kinesis.requests.forEach(r -> r.fail(new PutOutcome.Retryable("ConnectException", "refused", false)));
        bench.turn();
        bench.kinesis.requests.clear();

        bench.pass(Duration.ofSeconds(10));
        assertEquals(1, bench.kinesis.requests.size());
        bench.kinesis.last().answer(bench.kinesis::deliver);
        bench.turn();

        assertEquals(4, bench.kinesis.requests.size());
    }

    @Test
    void aFlushSendsAtOnceAndEndsWhenEverythingBeforeItIsSettled() {
        bench.accept("a", "1");
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        bench.pipeline.flush(flushed);
        bench.turn();
        bench.accept("b", "2");
        assertFalse(flushed.isDone());

        bench.kinesis.requests.get(0).answer(bench.kinesis::deliver);
        bench.turn();

        assertTrue(flushed.isDone());
        assertEquals(1, bench.totals().pending());
    }

    @Test
    void aStreamThatIsGoneIsWaitedFor() {
        bench.kinesis.listFailure = new StreamMissingException(new IllegalStateException("no such stream"));
        bench.accept("a", "1");
        bench.pass(Duration.ofMillis(100));
        bench.kinesis.last().fail(new PutOutcome.Retryable(SdkErrors.STREAM_MISSING, "gone", false));
        bench.kinesis.requests.clear();
        bench.pass(Duration.ofSeconds(20));
        assertEquals(List.of(), bench.kinesis.requests);

        bench.kinesis.listFailure = null;
        bench.pass(Duration.ofSeconds(2));

        assertEquals(List.of("1"), bench.kinesis.last().texts());
    }
}
