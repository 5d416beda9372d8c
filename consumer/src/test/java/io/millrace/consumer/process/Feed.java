package io.millrace.consumer.process;

import io.millrace.pipeline.testing.KplRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Puts numbered events on a stream. */
public final class Feed {

    private static final int BATCH = 500;

    private final KinesisClient kinesis;
    private final String stream;
    private int sent;

    public Feed(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** Puts so many more; returns how many that makes in all. */
    public int put(int events) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            int number = sent++;
            entries.add(entry(String.valueOf(number), SdkBytes.fromUtf8String(event(number))));
            if (entries.size() == BATCH || i == events - 1) {
                put(entries);
                entries.clear();
            }
        }
        return sent;
    }

    /** Puts so many more in one KPL aggregate; returns how many that makes in all. */
    public int putAggregate(int events) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            parts.add(event(sent++).getBytes(StandardCharsets.UTF_8));
        }
        String key = String.valueOf(sent);
        putRaw(key, SdkBytes.fromByteArray(KplRecords.of(key, parts)));
        return sent;
    }

    private static String event(int number) {
        return "{\"id\":\"" + number + "\",\"service\":\"svc-" + number % 3
                + "\",\"timestamp\":\"2025-11-09T13:24:33Z\",\"message\":\"m\"}";
    }

    /** Puts one record of any content. */
    public void putRaw(String data) {
        putRaw(SdkBytes.fromUtf8String(data));
    }

    public void putRaw(SdkBytes data) {
        putRaw("raw", data);
    }

    public void putRaw(String partitionKey, SdkBytes data) {
        put(List.of(entry(partitionKey, data)));
    }

    private void put(List<PutRecordsRequestEntry> entries) {
        int failed = kinesis.putRecords(put -> put.streamName(stream).records(entries))
                .failedRecordCount();
        if (failed > 0) {
            throw new IllegalStateException(failed + " records were refused");
        }
    }

    private static PutRecordsRequestEntry entry(String key, SdkBytes data) {
        return PutRecordsRequestEntry.builder().partitionKey(key).data(data).build();
    }
}
