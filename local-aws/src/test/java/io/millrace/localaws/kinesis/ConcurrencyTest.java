package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int RECORDS = 2_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void noRecordIsLostOrDoubledOrTurnedAroundWhileShardsChange() throws Exception {
        Api api = Api.withDefaults();
        api.createStream("s", 2);
        Semaphore progress = new Semaphore(0);
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < RECORDS; i++) {
                    api.put("s", "key" + writer, writer + ":" + i);
                    progress.release();
                }
            }));
        }
        for (int target : new int[] {4, 2, 3, 5, 3, 2, 4, 2}) {
            assertTrue(progress.tryAcquire(WRITERS * RECORDS / 10, 60, TimeUnit.SECONDS));
            api.call(
                    "UpdateShardCount",
                    "{'StreamName':'s','TargetShardCount':" + target + ",'ScalingType':'UNIFORM_SCALING'}");
        }
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }

        // Parents are listed before their children: in this order every key's records come as they were put.
        int[] next = new int[WRITERS];
        Set<String> sequenceNumbers = new HashSet<>();
        for (JsonNode shard : api.call("ListShards", "{'StreamName':'s'}").path("Shards")) {
            BigInteger last = BigInteger.ZERO;
            JsonNode read = api.read(api.iterator("s", shard.path("ShardId").textValue(), "'TRIM_HORIZON'"));
            for (JsonNode record : read.path("Records")) {
                BigInteger number = new BigInteger(record.path("SequenceNumber").textValue());
                assertTrue(last.compareTo(number) < 0);
                last = number;
                assertTrue(sequenceNumbers.add(number.toString()));
                String[] data = Api.text(record.path("Data").textValue()).split(":");
                assertEquals(next[Integer.parseInt(data[0])]++, Integer.parseInt(data[1]));
            }
        }
        assertEquals(WRITERS * RECORDS, sequenceNumbers.size());
    }
}
