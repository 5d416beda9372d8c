package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Calls a service of its own in JSON, on a clock that stands until it is moved. */
final class Api implements InstantSource {

    static final Instant START = Instant.parse("2026-03-01T12:00:00.250Z");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KinesisService service;
    private Instant now = START;

    Api(KinesisSettings settings) {
        service = new KinesisService(settings, this);
    }

    static Api withDefaults() {
        return new Api(KinesisSettings.defaults());
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    /** @param members JSON with ' for " */
    KinesisResponse raw(String operation, String members) {
        return service.handle(
                operation, WireFormat.JSON, members.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    KinesisAnswer subscribe(String consumerArn, String shardId, String startingPosition) {
        String members = "{'ConsumerARN':'" + consumerArn + "','ShardId':'" + shardId + "','StartingPosition':"
                + startingPosition + "}";
        return service.subscribe(WireFormat.JSON, members.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Returns its ARN. */
    String registerConsumer(String stream, String name) {
        return call("RegisterStreamConsumer", "{'StreamARN':'" + arn(stream) + "','ConsumerName':'" + name + "'}")
                .path("Consumer")
                .path("ConsumerARN")
                .textValue();
    }

    static String arn(String stream) {
        return "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
    }

    JsonNode call(String operation, String members) {
        KinesisResponse response = raw(operation, members);
        if (response.status() != 200) {
            throw new AssertionError(operation + ": " + response.errorType() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return parse(response.body());
    }

    /** The error's type and message, as {@code Type: message}; the call must fail. */
    String error(String operation, String members) {
        KinesisResponse response = raw(operation, members);
        if (response.status() == 200) {
            throw new AssertionError(operation + " did not fail");
        }
        JsonNode body = parse(response.body());
        if (!body.path("__type").asText().equals(response.errorType())) {
            throw new AssertionError("the body's type differs from " + response.errorType() + ": " + body);
        }
        return response.errorType() + ": " + body.path("message").asText();
    }

    static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void createStream(String name, int shards) {
        call("CreateStream", "{'StreamName':'" + name + "','ShardCount':" + shards + "}");
    }

    /** Returns the sequence number. */
    String put(String stream, String key, String data) {
        return call(
                        "PutRecord",
                        "{'StreamName':'" + stream + "','PartitionKey':'" + key + "','Data':'" + base64(data) + "'}")
                .path("SequenceNumber")
                .textValue();
    }

    String iterator(String stream, String shardId, String typeAndMore) {
        return call(
                        "GetShardIterator",
                        "{'StreamName':'" + stream + "','ShardId':'" + shardId + "','ShardIteratorType':" + typeAndMore
                                + "}")
                .path("ShardIterator")
                .textValue();
    }

    JsonNode read(String iterator) {
        return call("GetRecords", "{'ShardIterator':'" + iterator + "'}");
    }

    /** The data of all that a shard holds from this iterator type on, in one call. */
    List<String> readAll(String stream, String shardId, String typeAndMore) {
        return data(read(iterator(stream, shardId, typeAndMore)));
    }

    static List<String> data(JsonNode records) {
        List<String> data = new ArrayList<>();
        records.path("Records")
                .forEach(record -> data.add(text(record.path("Data").textValue())));
        return data;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
