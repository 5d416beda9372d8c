package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CborTest {

    private static final long NOW = 1_772_366_400_250L;
    private static final CBORMapper MAPPER = new CBORMapper();

    private final KinesisService service =
            new KinesisService(KinesisSettings.defaults(), InstantSource.fixed(Instant.ofEpochMilli(NOW)));

    private KinesisResponse handle(String operation, Object members) throws IOException {
        return service.handle(operation, WireFormat.CBOR, MAPPER.writeValueAsBytes(members));
    }

    private JsonNode call(String operation, Object members) throws IOException {
        KinesisResponse response = handle(operation, members);
        assertEquals(200, response.status(), () -> response.errorType());
        return MAPPER.readTree(response.body());
    }

    @BeforeEach
    void createStream() throws IOException {
        assertEquals(
                0,
                handle("CreateStream", Map.of("StreamName", "s", "ShardCount", 1))
                        .body()
                        .length);
    }

    @Test
    void dataIsBytesAndTimesAreMilliseconds() throws IOException {
        byte[] data = {0, -1, 7, '"'};
        call("PutRecords", Map.of("Records", List.of(Map.of("Data", data, "PartitionKey", "kéy")), "StreamName", "s"));
        String iterator = call(
                        "GetShardIterator",
                        Map.of(
                                "StreamName",
                                "s",
                                "ShardId",
                                Shard.idOf(0),
                                "ShardIteratorType",
                                "AT_TIMESTAMP",
                                "Timestamp",
                                NOW))
                .path("ShardIterator")
                .textValue();
        JsonNode record = call("GetRecords", Map.of("ShardIterator", iterator))
                .path("Records")
                .path(0);
        assertArrayEquals(data, record.path("Data").binaryValue());
        assertEquals("kéy", record.path("PartitionKey").textValue());
        assertEquals(NOW, record.path("ApproximateArrivalTimestamp").longValue());
    }

    @Test
    void timesCarryTheTagThatAwsClientsWriteAndExpect() throws IOException {
        byte[] body = handle("DescribeStreamSummary", Map.of("StreamName", "s")).body();
        try (CBORParser parser = new CBORFactory().createParser(body)) {
            while (!"StreamCreationTimestamp".equals(parser.currentName())
                    || parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            assertEquals(1, parser.getCurrentTag());
            assertEquals(NOW, parser.getLongValue());
        }
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        try (CBORGenerator generator = new CBORFactory().createGenerator(tagged)) {
            generator.writeStartObject();
            generator.writeStringField("StreamName", "s");
            generator.writeFieldName("StreamCreationTimestamp");
            generator.writeTag(1);
            generator.writeNumber(NOW);
            generator.writeEndObject();
        }
        assertEquals(
                200,
                service.handle("ListShards", WireFormat.CBOR, tagged.toByteArray())
                        .status());
    }

    @Test
    void errorsAreCborToo() throws IOException {
        KinesisResponse response = handle("DescribeStream", Map.of("StreamName", "none"));
        assertEquals(400, response.status());
        assertEquals("ResourceNotFoundException", response.errorType());
        JsonNode body = MAPPER.readTree(response.body());
        assertEquals("ResourceNotFoundException", body.path("__type").textValue());
        assertEquals(
                "Stream none under account 000000000000 not found.",
                body.path("message").textValue());
    }

    @Test
    void bytesThatAreNoCborAreRefused() {
        for (String operation : List.of("ListStreams", "PutRecords", "PutRecord")) {
            KinesisResponse response = service.handle(operation, WireFormat.CBOR, new byte[] {(byte) 0xff, 1, 2});
            assertEquals("SerializationException", response.errorType());
        }
    }
}
