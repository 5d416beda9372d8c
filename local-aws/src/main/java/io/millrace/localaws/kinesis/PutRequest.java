package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** PutRecords or PutRecord, read in one pass without a tree. */
final class PutRequest {

    private final PutBatch batch;
    private String streamName;
    private String streamArn;
    private boolean hasRecords;

    private PutRequest(int bodyLength, boolean single) {
        // Neither base64 nor escapes make text shorter than what it stands for: the body's length is enough.
        batch = new PutBatch(bodyLength, single);
    }

    static PutRequest records(WireFormat format, byte[] body) throws IOException {
        PutRequest request = new PutRequest(body.length, false);
        try (JsonParser in = Wire.parser(format, body)) {
            expect(in.nextToken(), JsonToken.START_OBJECT, "The request's body");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                JsonToken value = in.nextToken();
                if ("Records".equals(member) && value != JsonToken.VALUE_NULL) {
                    request.readEntries(in, value);
                } else {
                    request.readStreamMember(in, member, value);
                }
            }
        }
        return request;
    }

    static PutRequest record(WireFormat format, byte[] body) throws IOException {
        PutRequest request = new PutRequest(body.length, true);
        request.batch.begin();
        try (JsonParser in = Wire.parser(format, body)) {
            expect(in.nextToken(), JsonToken.START_OBJECT, "The request's body");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                JsonToken value = in.nextToken();
                if (!request.readEntryMember(in, member, value)) {
                    request.readStreamMember(in, member, value);
                }
            }
        }
        return request;
    }

    PutBatch batch() {
        return batch;
    }

    boolean hasRecords() {
        return hasRecords;
    }

    Optional<String> streamName() {
        return Optional.ofNullable(streamName);
    }

    Optional<String> streamArn() {
        return Optional.ofNullable(streamArn);
    }

    private void readEntries(JsonParser in, JsonToken first) throws IOException {
        expect(first, JsonToken.START_ARRAY, "Records");
        hasRecords = true;
        JsonToken token;
        while ((token = in.nextToken()) != JsonToken.END_ARRAY) {
            expect(token, JsonToken.START_OBJECT, "An entry of Records");
            batch.begin();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                JsonToken value = in.nextToken();
                if (!readEntryMember(in, member, value)) {
                    in.skipChildren();
                }
            }
        }
    }

    private boolean readEntryMember(JsonParser in, String member, JsonToken value) throws IOException {
        switch (member) {
            case "Data" -> {
                if (value != JsonToken.VALUE_NULL) {
                    readData(in);
                }
            }
            case "PartitionKey" -> {
                String key = textOf(in, member, value);
                if (key != null) {
                    Constraint.length(member, key, 1, Limits.PARTITION_KEY_CHARS);
                    batch.partitionKey(key);
                }
            }
            case "ExplicitHashKey" -> batch.explicitHashKey(textOf(in, member, value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readData(JsonParser in) throws IOException {
        try {
            in.readBinaryValue(batch.data());
        } catch (IllegalArgumentException e) {
            throw ApiException.serialization("Data is not base64: " + e.getMessage());
        }
    }

    private void readStreamMember(JsonParser in, String member, JsonToken value) throws IOException {
        switch (member) {
            case "StreamName" -> streamName = textOf(in, member, value);
            case "StreamARN" -> streamArn = textOf(in, member, value);
            default -> in.skipChildren();
        }
    }

    private static String textOf(JsonParser in, String member, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(value, JsonToken.VALUE_STRING, member);
        return in.getText();
    }

    private static void expect(JsonToken actual, JsonToken expected, String what) {
        if (actual != expected) {
            throw ApiException.serialization(what + " is of the wrong type.");
        }
    }
}
