package io.millrace.chaos;

import io.millrace.chaos.InputForms.Packed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Events put at a steady rate, on a thread of its own, until it is closed. No event is put again unless Kinesis has said
 * that it did not take it.
 */
final class Load implements AutoCloseable {

    private static final int BATCHES_PER_SECOND = 20;
    private static final int SERVICES = 3;
    private static final int HOURS = 2;

    private final KinesisClient kinesis;
    private final Ledger ledger;
    private final Thread thread = new Thread(this::run, "load");
    private final int batch;
    private final Optional<InputForms> forms;
    private final Optional<Copies> copies;
    private volatile boolean stopped;

    private Load(
            KinesisClient kinesis,
            Ledger ledger,
            int eventsPerSecond,
            Optional<InputForms> forms,
            Optional<Copies> copies) {
        this.kinesis = kinesis;
        this.ledger = ledger;
        this.forms = forms;
        this.copies = copies;
        this.batch = Math.max(1, eventsPerSecond / BATCHES_PER_SECOND);
    }

    /** One event a record, as plain JSON. */
    static Load start(KinesisClient kinesis, Ledger ledger, int eventsPerSecond) {
        return start(new Load(kinesis, ledger, eventsPerSecond, Optional.empty(), Optional.empty()));
    }

    /** In every form that the consumer takes, and with copies where they are wanted. */
    static Load start(
            KinesisClient kinesis, Ledger ledger, int eventsPerSecond, InputForms forms, Optional<Copies> copies) {
        return start(new Load(kinesis, ledger, eventsPerSecond, Optional.of(forms), copies));
    }

    private static Load start(Load load) {
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void run() {
        long start = System.nanoTime();
        for (long n = 1; !stopped; n++) {
            Map<Integer, String> events = new HashMap<>();
            for (int i = 0; i < batch; i++) {
                int id = ledger.nextId();
                events.put(id, event(id));
            }
            List<Packed> records = forms.map(form -> form.pack(events)).orElseGet(() -> plain(events));
            put(kinesis, ledger, records);
            copies.map(copy -> copy.of(records)).ifPresent(more -> put(kinesis, ledger, more));
            pause(start + n * 1_000_000_000L / BATCHES_PER_SECOND);
        }
    }

    private static String event(int id) {
        return event(id, "svc-" + id % SERVICES, "number " + id + " of a steady load");
    }

    /** The event of that number, with the time of its put in microseconds. */
    static String event(int id, String service, String message) {
        return event(id, id / 7 % HOURS, service, message);
    }

    /** The same in an hour of the load's, which counts from 0. */
    static String event(int id, int hour, String service, String message) {
        Instant now = Instant.now();
        return "{\"id\":\"" + id + "\",\"put\":" + (now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000)
                + ",\"service\":\"" + service + "\",\"timestamp\":\"2025-11-09T1" + hour
                + ":24:33Z\",\"level\":\"INFO\",\"message\":\"" + message + "\"}";
    }

    private static List<Packed> plain(Map<Integer, String> events) {
        return events.entrySet().stream()
                .map(event -> Packed.plain(event.getKey(), event.getValue()))
                .toList();
    }

    /** Puts these, each once; at most 500 and 5 MiB, as PutRecords has it. */
    static void put(KinesisClient kinesis, Ledger ledger, Map<Integer, String> events) {
        put(kinesis, ledger, plain(events));
    }

    private static void put(KinesisClient kinesis, Ledger ledger, List<Packed> records) {
        List<Packed> remaining = records;
        while (!remaining.isEmpty()) {
            List<Packed> putting = remaining;
            List<PutRecordsRequestEntry> entries =
                    putting.stream().map(Load::entry).toList();
            List<Packed> refused = new ArrayList<>();
            try {
                List<PutRecordsResultEntry> results = kinesis.putRecords(
                                put -> put.streamName(Cloud.NAME).records(entries))
                        .records();
                for (int i = 0; i < putting.size(); i++) {
                    if (results.get(i).errorCode() == null) {
                        putting.get(i).ids().forEach(ledger::acknowledge);
                    } else {
                        refused.add(putting.get(i));
                    }
                }
            } catch (SdkException e) {
                putting.forEach(record -> record.ids().forEach(ledger::doubt));
            }
            remaining = refused;
        }
    }

    private static PutRecordsRequestEntry entry(Packed record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(record.key())
                .data(record.data())
                .build();
    }

    private static void pause(long until) {
        try {
            Thread.sleep(Math.max(0, (until - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when nothing is being put any more. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
