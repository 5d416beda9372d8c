package io.millrace.consumer.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** One line of a dead-letter object, as far as redriving needs it; {@code shard.DeadLetter} has the format. */
record DeadLetterLine(String stream, String reason, String partitionKey, Instant arrival, SdkBytes data) {

    /** A piece of 10 MiB is longer in base64. */
    private static final int LONGEST_STRING = 512 * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .build();

    /** How much of a request it takes: data and partition key. */
    int size() {
        return data.asByteArrayUnsafe().length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @throws IOException where the line is no dead letter */
    static DeadLetterLine parse(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        byte[] data = null;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("data")) {
                    data = json.getBinaryValue();
                } else {
                    fields.put(name, json.getText());
                    json.skipChildren();
                }
            }
        }
        if (data == null || fields.get("partition_key") == null || fields.get("stream") == null) {
            throw new IOException("it lacks data, stream or partition_key");
        }
        try {
            return new DeadLetterLine(
                    fields.get("stream"),
                    fields.getOrDefault("reason", "unknown"),
                    fields.get("partition_key"),
                    Instant.parse(fields.getOrDefault("arrival_time", "")),
                    SdkBytes.fromByteArrayUnsafe(data));
        } catch (DateTimeException e) {
            throw new IOException("its arrival_time is no time", e);
        }
    }
}
