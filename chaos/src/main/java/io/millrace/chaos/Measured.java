package io.millrace.chaos;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What the measurements share: a cloud, a ledger and a tally, and consumers with the settings that users have. */
final class Measured implements AutoCloseable {

    private static final int MOST_A_PUT = 250;
    private static final int MOST_BYTES_A_PUT = 4 << 20;

    final Cloud cloud;
    final Ledger ledger = new Ledger();
    final Tally tally;

    Measured(int shards) throws IOException {
        this.cloud = Cloud.start(shards, 1);
        this.tally = new Tally(cloud.buckets());
    }

    /** A consumer with the default settings but a flush a second, and the JVM's defaults but 192 MB of heap. */
    ConsumerProcess.Builder consumer(String worker, String... moreJvmOptions) {
        String[] options = new String[moreJvmOptions.length + 2];
        options[0] = "-Xmx192m";
        options[1] = "-XX:+UseSerialGC";
        System.arraycopy(moreJvmOptions, 0, options, 2, moreJvmOptions.length);
        return ConsumerProcess.builder(cloud.aws().endpoint())
                .set("APPLICATION_NAME", Cloud.NAME)
                .set("STREAM_NAME", Cloud.NAME)
                .set("TARGET_BUCKET", Cloud.NAME)
                .set("WORKER_ID", worker)
                .set("FLUSH_INTERVAL", "1")
                .jvm(options);
    }

    /** Puts so many events. */
    void put(int events, IntFunction<String> event) {
        put(events, 1, event);
    }

    /** Puts so many events of about that size. */
    void put(int events, int bytesEach, IntFunction<String> event) {
        int most = Math.min(MOST_A_PUT, MOST_BYTES_A_PUT / bytesEach);
        for (int done = 0; done < events; done += most) {
            Map<Integer, String> batch = new HashMap<>();
            for (int i = 0; i < Math.min(most, events - done); i++) {
                int id = ledger.nextId();
                batch.put(id, event.apply(id));
            }
            Load.put(cloud.kinesis(), ledger, batch);
        }
    }

    void put(int events) {
        put(events, id -> Load.event(id, "svc-" + id % 3, "number " + id));
    }

    /** Waits until every event is in the lake, then holds that each is there once. */
    Audit awaitExact(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        tally.refresh();
        while (!ledger.audit(tally).isComplete() && System.nanoTime() < end) {
            Thread.sleep(20);
            tally.refresh();
        }
        Audit audit = ledger.audit(tally);
        if (!audit.isExact()) {
            throw new IllegalStateException(audit + "; " + audit.examples());
        }
        return audit;
    }

    @Override
    public void close() {
        cloud.close();
    }
}
