package io.millrace.consumer.redrive;

import io.millrace.lake.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Puts records on a stream, the refused ones again until they are taken or patience ends. */
final class StreamWriter {

    /** The most records of one PutRecords (API reference). */
    static final int MOST_RECORDS = 500;

    /** What one PutRecords holds at most, in bytes; a larger record goes alone (API reference: 10 MiB with its keys). */
    static final int MOST_BYTES = 5 * 1024 * 1024;

    /** The most bytes of one record with its partition key (API reference). */
    static final int LARGEST_RECORD = 10 * 1024 * 1024;

    private static final int ATTEMPTS = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KinesisAsyncClient kinesis;

    StreamWriter(KinesisAsyncClient kinesis) {
        this.kinesis = kinesis;
    }

    /** How much of a request it takes: data and partition key. */
    static int size(DeadLetter letter) {
        return letter.data().length + letter.partitionKey().getBytes(StandardCharsets.UTF_8).length;
    }

    static PutRecordsRequestEntry entry(DeadLetter letter) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(letter.partitionKey())
                .data(SdkBytes.fromByteArrayUnsafe(letter.data()))
                .build();
    }

    /** @throws SdkException where some are still refused at the end; those before them are on the stream */
    void put(String stream, List<PutRecordsRequestEntry> entries) throws InterruptedException {
        List<PutRecordsRequestEntry> left = entries;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            left = refused(stream, left, attempt == ATTEMPTS);
            if (!left.isEmpty()) {
                Thread.sleep(Math.min(LONGEST_PAUSE.toMillis(), 50L << Math.min(attempt, 10)));
            }
        }
    }

    private List<PutRecordsRequestEntry> refused(
            String stream, List<PutRecordsRequestEntry> entries, boolean lastAttempt) {
        try {
            PutRecordsResponse answer = kinesis.putRecords(
                            put -> put.streamName(stream).records(entries))
                    .join();
            List<PutRecordsRequestEntry> refused = new ArrayList<>();
            String why = "";
            for (int i = 0; i < entries.size(); i++) {
                if (answer.records().get(i).errorCode() != null) {
                    refused.add(entries.get(i));
                    why = answer.records().get(i).errorCode();
                }
            }
            if (lastAttempt && !refused.isEmpty()) {
                throw SdkException.builder()
                        .message("Kinesis refuses records: " + why)
                        .build();
            }
            return refused;
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException cause && (lastAttempt || !cause.retryable())) {
                throw cause;
            }
            if (lastAttempt) {
                throw e;
            }
            return entries;
        }
    }
}
