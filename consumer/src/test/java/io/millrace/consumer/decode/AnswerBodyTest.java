package io.millrace.consumer.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.millrace.pipeline.record.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Jackson writes the answers, and is the judge of what is read. */
class AnswerBodyTest {

    private static final ObjectMapper CBOR = new CBORMapper();

    @Property
    void readsEveryRecordHoweverTheAnswerIsWrittenAndCut(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] answer = answer(random);
        AnswerBody read = AnswerBody.read(cut(answer, random)).orElseThrow();
        assertAgrees(CBOR.readTree(answer), read);
    }

    @Property
    void whatIsBrokenIsLeftOrReadAsJacksonDoes(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] answer = answer(random);
        for (int i = random.nextInt(3); i >= 0; i--) {
            answer[random.nextInt(answer.length)] = (byte) random.nextInt(256);
        }
        byte[] broken = random.nextInt(4) == 0 ? Arrays.copyOf(answer, random.nextInt(answer.length)) : answer;
        Optional<AnswerBody> read = AnswerBody.read(cut(broken, random));
        Optional<JsonNode> judged = judge(broken);
        if (read.isPresent() && judged.isPresent()) {
            assertAgrees(judged.get(), read.get());
        }
    }

    @Test
    void whatIsUnusualIsLeftToTheSdk() throws IOException {
        assertEquals(Optional.empty(), read("{}"), "no records");
        assertEquals(Optional.empty(), read("[]"));
        assertEquals(Optional.empty(), read("{'Records': null}"));
        assertEquals(Optional.empty(), read("{'Records': [{'Data': ''}]}"), "no fields");
        assertEquals(Optional.empty(), AnswerBody.read(List.of()));
        assertEquals(Optional.empty(), AnswerBody.read(List.of(ByteBuffer.wrap(new byte[] {(byte) 0xBF, 0x7F}))));
        assertTrue(read("{'Records': [], 'Other': {'deep': [1, -2, 3.5, true, null, 'text']}}")
                .isPresent());
        assertEquals(Optional.empty(), read("{'Records': [], 'Other': " + "[".repeat(99) + "]".repeat(99) + "}"));
    }

    @Test
    void eachFieldComesOnce() {
        byte[] twice = bytes("\u00A2gRecords\u0080gRecords\u0080"); // {"Records": [], "Records": []}
        assertEquals(Optional.empty(), AnswerBody.read(List.of(ByteBuffer.wrap(twice))));
        byte[] once = Arrays.copyOf(twice, 10);
        once[0] = (byte) 0xA1;
        assertTrue(AnswerBody.read(List.of(ByteBuffer.wrap(once))).isPresent());
        assertEquals(
                Optional.empty(),
                AnswerBody.read(List.of(ByteBuffer.wrap(Arrays.copyOf(once, 11)))),
                "a byte behind it");
    }

    @Test
    void lengthsBeyondTheAnswerTakeNoMemory() {
        byte[] items = bytes("\u00A1gRecords\u009A\u007F\u00FF\u00FF\u00FF"); // an array of 2^31 - 1
        assertEquals(Optional.empty(), AnswerBody.read(List.of(ByteBuffer.wrap(items))));
        byte[] data = bytes("\u00A1gRecords\u0081\u00A1dData[@\0\0\0\0\0\0\0"); // 2^62 bytes
        assertEquals(Optional.empty(), AnswerBody.read(List.of(ByteBuffer.wrap(data))));
    }

    private static byte[] bytes(String characters) {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<AnswerBody> read(String json) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(json.replace('\'', '"'));
        return AnswerBody.read(List.of(ByteBuffer.wrap(CBOR.writeValueAsBytes(tree))));
    }

    private static void assertAgrees(JsonNode expected, AnswerBody read) throws IOException {
        JsonNode records = expected.get("Records");
        assertEquals(records.size(), read.records().size());
        for (int i = 0; i < records.size(); i++) {
            SourceRecord record = read.records().get(i);
            JsonNode node = records.get(i);
            assertEquals(
                    node.get("SequenceNumber").textValue(), record.position().sequenceNumber());
            assertEquals(0, record.position().subSequenceNumber());
            assertEquals(node.get("PartitionKey").textValue(), record.partitionKey());
            assertEquals(
                    node.get("ApproximateArrivalTimestamp").longValue(),
                    record.arrival().toEpochMilli());
            assertEquals(ByteBuffer.wrap(node.get("Data").binaryValue()), record.data());
        }
        JsonNode next = expected.get("NextShardIterator");
        assertEquals(next == null ? null : next.textValue(), read.nextShardIterator());
        ObjectNode rest = expected.deepCopy();
        rest.remove("Records");
        assertEquals(rest, CBOR.readTree(read.rest().array()));
    }

    /** What Jackson makes of it, where it takes it for one answer with the types that Kinesis gives. */
    private static Optional<JsonNode> judge(byte[] answer) {
        try {
            return Optional.of(CBOR.readTree(answer)).filter(AnswerBodyTest::isAnswer);
        } catch (IOException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean isAnswer(JsonNode node) {
        if (!node.path("Records").isArray()) {
            return false;
        }
        for (JsonNode record : node.get("Records")) {
            boolean usual = record.path("Data").isBinary()
                    && record.path("ApproximateArrivalTimestamp").isIntegralNumber()
                    && record.path("PartitionKey").isTextual()
                    && record.path("SequenceNumber").isTextual();
            if (!usual) {
                return false;
            }
        }
        return true;
    }

    private static byte[] answer(Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator cbor = CBOR.createGenerator(out)) {
            int records = random.nextInt(6);
            List<String> names = new ArrayList<>(List.of("Records", "MillisBehindLatest"));
            names.addAll(random.nextBoolean() ? List.of("NextShardIterator") : List.of());
            names.addAll(random.nextBoolean() ? List.of("ChildShards", "Unknown") : List.of());
            begin(cbor, names.size(), random);
            Collections.shuffle(names, random);
            for (String name : names) {
                cbor.writeFieldName(name);
                switch (name) {
                    case "Records" -> records(cbor, records, random);
                    case "MillisBehindLatest" -> cbor.writeNumber(random.nextLong());
                    case "NextShardIterator" -> cbor.writeString(text(random, 300));
                    case "ChildShards" ->
                        cbor.writeTree(new ObjectMapper().readTree("[{\"ShardId\":\"s\",\"ParentShards\":[\"p\"]}]"));
                    default -> cbor.writeNumber(new BigInteger(70, random));
                }
            }
            cbor.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void records(JsonGenerator cbor, int count, Random random) throws IOException {
        if (random.nextBoolean()) {
            cbor.writeStartArray();
        } else {
            cbor.writeStartArray(null, count);
        }
        for (int i = 0; i < count; i++) {
            List<String> names =
                    new ArrayList<>(List.of("Data", "PartitionKey", "SequenceNumber", "ApproximateArrivalTimestamp"));
            names.addAll(random.nextBoolean() ? List.of("EncryptionType") : List.of());
            Collections.shuffle(names, random);
            begin(cbor, names.size(), random);
            for (String name : names) {
                cbor.writeFieldName(name);
                switch (name) {
                    case "Data" -> {
                        byte[] data = new byte[random.nextInt(random.nextInt(10) == 0 ? 70_000 : 400)];
                        random.nextBytes(data);
                        cbor.writeBinary(data);
                    }
                    case "PartitionKey" -> cbor.writeString(text(random, 256));
                    case "SequenceNumber" -> cbor.writeString("4" + new BigInteger(180, random) + "2");
                    case "ApproximateArrivalTimestamp" -> cbor.writeNumber(random.nextLong() >> random.nextInt(60));
                    default -> cbor.writeString("KMS");
                }
            }
            cbor.writeEndObject();
        }
        cbor.writeEndArray();
    }

    private static void begin(JsonGenerator cbor, int entries, Random random) throws IOException {
        if (random.nextBoolean()) {
            cbor.writeStartObject();
        } else {
            cbor.writeStartObject(null, entries);
        }
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F600 + random.nextInt(16) : 'a' + random.nextInt(26));
        }
        return text.toString();
    }

    /** Pieces in the middle of larger arrays, empty ones among them. */
    private static List<ByteBuffer> cut(byte[] answer, Random random) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int longest = random.nextBoolean() ? 10 : 10_000;
        for (int from = 0; from < answer.length; ) {
            int size = Math.min(answer.length - from, random.nextInt(longest));
            byte[] array = new byte[size + 7];
            System.arraycopy(answer, from, array, 5, size);
            pieces.add(ByteBuffer.wrap(array, 2, size + 5).slice().position(3).limit(3 + size));
            from += size;
        }
        return pieces;
    }
}
