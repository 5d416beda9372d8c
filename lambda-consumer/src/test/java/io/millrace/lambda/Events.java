package io.millrace.lambda;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The event that Lambda would send, read from its JSON by the code that Lambda's Java runtime reads it with. */
final class Events {

    private static final String FILE = "/kinesis-event.json";

    /**
     * Five records of one shard: an event; two gzipped; three in a KPL aggregate; one that is no JSON; an event. Made with
     * base64, gzip and protobuf by hand, not with the code under test.
     */
    static KinesisEvent all() {
        try (InputStream json = Events.class.getResourceAsStream(FILE)) {
            return LambdaEventSerializers.serializerFor(KinesisEvent.class, Events.class.getClassLoader())
                    .fromJson(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some of its records. */
    static KinesisEvent from(int first, int end) {
        KinesisEvent event = all();
        event.setRecords(List.copyOf(event.getRecords().subList(first, end)));
        return event;
    }

    /** What Lambda sends next, having been answered so. */
    static KinesisEvent remaining(KinesisEvent event, String failed) {
        List<KinesisEventRecord> records = event.getRecords();
        int at = 0;
        while (!records.get(at).getKinesis().getSequenceNumber().equals(failed)) {
            at++;
        }
        event.setRecords(List.copyOf(records.subList(at, records.size())));
        return event;
    }

    static List<String> failures(StreamsEventResponse response) {
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private Events() {}
}
