package io.millrace.pipeline.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.lake.event.EventFields;
import io.millrace.lake.event.TimeForms;
import io.millrace.pipeline.parse.ParseResult.Malformed;
import io.millrace.pipeline.parse.ParseResult.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    private final EventParser parser = new EventParser("service", "timestamp", "id", TimeForms.ALL);

    @Test
    void anObjectIsOneEventByteForByte() {
        String event = "{ \"b\" : 1.10, \"service\":\"api\", \"a\":1e400,\"n\":123456789012345678901234567890,"
                + "\"timestamp\":\"2025-11-09T13:24:33Z\",\"id\":\"x-1\"}";
        Parsed parsed = (Parsed) only(event);
        assertEquals(event, text(parsed));
        assertEquals("api", parsed.service());
        assertEquals(1_762_694_673L, parsed.epochSecond());
        assertEquals("x-1", parsed.id());
        assertEquals(false, parsed.hasLineBreaks());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"a\":2}",
                "{\"a\":1}\r\n\r\n{\"a\":2}\r\n",
                "{\"a\":1}{\"a\":2}",
                "  {\"a\":1}\t{\"a\":2} \n",
                "[{\"a\":1},{\"a\":2}]",
                " [\n{\"a\":1} ,\n {\"a\":2}\n]\n",
                "[{\"a\":1}]\n[{\"a\":2}]",
                "\uFEFF{\"a\":1}\n{\"a\":2}"
            })
    void severalObjectsAreSeveralEvents(String data) {
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), texts(parse(data)));
    }

    @Test
    void anEmptyArrayHoldsNothing() {
        assertEquals(List.of(), parse("[]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\r\n\t", "\uFEFF"})
    void nothingIsMalformed(String data) {
        Malformed malformed = (Malformed) only(data);
        assertEquals(DeadLetterReason.EMPTY, malformed.reason());
        assertEquals(data, text(malformed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "true", "null", "-1.5e3", "[1]", "[[{\"a\":1}]]", "[\"x\"]"})
    void whatIsNoObjectIsMalformed(String data) {
        Malformed malformed = (Malformed) only(data);
        assertEquals(DeadLetterReason.NOT_AN_OBJECT, malformed.reason());
        String bare = data.startsWith("[") ? data.substring(1, data.length() - 1) : data;
        assertEquals(bare, text(malformed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oops",
                "{",
                "{\"a\":1",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{a:1}",
                "{\"a\":1//c\n}",
                "<xml/>",
                "{\"a\":tru}",
                "{\"a\":\"\0\"}",
                "{\0}",
                "}"
            })
    void brokenJsonIsMalformedAsAWhole(String data) {
        Malformed malformed = (Malformed) only(data);
        assertEquals(DeadLetterReason.NOT_JSON, malformed.reason());
        assertEquals(data, text(malformed));
        assertTrue(malformed.error().length() > 10, malformed.error());
    }

    @Test
    void aroundBadLinesTheGoodOnesAreKept() {
        String data =
                "oops\n{\"a\":1}\n{\"b\":\n{\"a\":2}\n{\"c\":\"cut\n{\"a\":3}\n{\"d\":{\n{\"a\":4} trailing\n{\"a\":5}";
        List<ParseResult> pieces = parse(data);
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}", "{\"a\":5}"), texts(pieces));
        List<String> bad = new ArrayList<>();
        for (ParseResult piece : pieces) {
            if (piece instanceof Malformed m) {
                bad.add(m.index() + "@" + m.offset() + " " + text(m).strip());
            }
        }
        assertEquals(List.of("0@0 oops", "2@13 {\"b\":", "4@27 {\"c\":\"cut", "6@45 {\"d\":{", "8@60 trailing"), bad);
    }

    @Test
    void ofABrokenArrayTheEventsBeforeTheBreakAreKept() {
        List<ParseResult> pieces = parse("[{\"a\":1},{\"a\":2},{\"a\":,{\"a\":4}]");
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), texts(pieces));
        assertEquals("{\"a\":,{\"a\":4}]", text((Malformed) pieces.get(2)));
    }

    @Test
    void anArraysOtherElementsAreMalformedOneByOne() {
        List<ParseResult> pieces = parse("[{\"a\":1},7,{\"a\":2},[\"x\"],\"s\"]");
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), texts(pieces));
        assertEquals("7", text((Malformed) pieces.get(1)));
        assertEquals("[\"x\"]", text((Malformed) pieces.get(3)));
        assertEquals("\"s\"", text((Malformed) pieces.get(4)));
    }

    @Test
    void ofDuplicateKeysTheLastCounts() {
        Parsed parsed = (Parsed) only("{\"service\":\"a\",\"service\":\"b\",\"timestamp\":5,\"timestamp\":3600}");
        assertEquals("b", parsed.service());
        assertEquals(3600, parsed.epochSecond());
        assertEquals("", ((Parsed) only("{\"service\":\"a\",\"service\":null}")).service());
    }

    @Test
    void depthIsLimited() {
        String deepest = "{\"a\":".repeat(999) + "{}" + "}".repeat(999);
        assertEquals(deepest, text((Parsed) only(deepest)));
        for (int levels : new int[] {1_001, 5_000, 1_000_000}) {
            Malformed malformed = (Malformed) only("{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1));
            assertEquals(DeadLetterReason.TOO_DEEP, malformed.reason());
        }
        assertEquals(DeadLetterReason.TOO_DEEP, ((Malformed) only("[".repeat(100_000))).reason());
        assertEquals(DeadLetterReason.TOO_DEEP, ((Malformed) only("{\"a\":" + "[".repeat(100_000))).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"service\":\"%s\"}", "{\"timestamp\":\"%s\"}", "{\"id\":\"%s\"}", "{\"service\":%s}"})
    void whatIsReadAsTextIsLimited(String form) {
        String fitting = form.formatted("1".repeat(EventFields.TEXT_LIMIT));
        assertEquals(fitting.length(), ((Parsed) only(fitting)).length());
        String tooLong = form.formatted("1".repeat(EventFields.TEXT_LIMIT + 1));
        for (String data : List.of("{\"first\":1}%s{\"last\":1}", "[{\"first\":1},%s,{\"last\":1}]")) {
            List<ParseResult> pieces = parse(data.formatted(tooLong));
            assertEquals(List.of("{\"first\":1}", "{\"last\":1}"), texts(pieces));
            Malformed malformed = (Malformed) pieces.get(1);
            assertEquals(DeadLetterReason.TOO_LONG, malformed.reason());
            assertEquals(tooLong, text(malformed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"%s\":1}", "{\"a\":{\"%s\":1}}", "{\"a\":1%s}", "{\"a\":0.1%s}", "{\"a\":\"1%s\"}"})
    void whatIsNotReadIsAsLongAsTheRecord(String form) {
        String event = form.formatted("1".repeat(10 << 20));
        assertEquals(event.length(), ((Parsed) only(event)).length());
    }

    @Test
    void escapesAreLeftAlone() {
        String event = "{\"service\":\"\\ud800\",\"b\":\"\\u0000\\udfff\",\"c\":\"\uD83D\uDE00\"}";
        Parsed parsed = (Parsed) only(event);
        assertEquals(event, text(parsed));
        assertEquals("\ud800", parsed.service());
    }

    @Test
    void aLoneSurrogateInANameIsNoQuestionMark() {
        List<ParseResult> pieces = new ArrayList<>();
        byte[] data = "{\"a\\ud800b\":\"no\"}".getBytes(StandardCharsets.UTF_8);
        new EventParser("a?b", "timestamp", "", TimeForms.ALL).parse(data, data.length, pieces::add);
        assertEquals("", ((Parsed) pieces.get(0)).service());
    }

    @Test
    void whatIsNoProperUtf8IsMalformed() {
        byte[][] bad = {
            {(byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0xe2, (byte) 0x82},
            {(byte) 0x80}
        };
        for (byte[] bytes : bad) {
            byte[] data = concat("{\"a\":\"", bytes, "\"}\n{\"a\":1}");
            List<ParseResult> pieces = parse(data);
            assertEquals(DeadLetterReason.INVALID_UTF8, ((Malformed) pieces.get(0)).reason());
            assertEquals(List.of("{\"a\":1}"), texts(pieces));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-09 13:24:33 ERROR x", "01", "1{\"a\":1}", "truex", "\"a\"b"})
    void aValueThatRunsIntoSomethingIsMalformedWithItsLine(String line) {
        List<ParseResult> pieces = parse(line + "\n{\"a\":2}");
        assertEquals(DeadLetterReason.NOT_JSON, ((Malformed) pieces.get(0)).reason());
        assertEquals(line, text((Malformed) pieces.get(0)).strip());
        assertEquals(List.of("{\"a\":2}"), texts(pieces));
        assertEquals(2, pieces.size());
    }

    @Test
    void anArrayThatIsCutShortEndsInADeadLetterOfNothing() {
        List<ParseResult> pieces = parse("[{\"a\":1}");
        assertEquals(List.of("{\"a\":1}"), texts(pieces));
        assertEquals(DeadLetterReason.NOT_JSON, ((Malformed) pieces.get(1)).reason());
        assertEquals("", text((Malformed) pieces.get(1)));
        assertEquals(DeadLetterReason.NOT_JSON, ((Malformed) only("[")).reason());
        byte[] broken = concat("[{\"a\":1}", new byte[] {(byte) 0xff}, "]");
        assertEquals(DeadLetterReason.INVALID_UTF8, ((Malformed) parse(broken).get(1)).reason());
    }

    @Test
    void aDefectOfOursCostsNoMoreThanOneEvent() {
        EventParser defective = new EventParser(new EventFields("service", "timestamp", "id", TimeForms.ALL) {
            private int values;

            @Override
            public void reset() {
                if (++values == 2) {
                    throw new IllegalStateException("on purpose");
                }
                super.reset();
            }
        });
        List<ParseResult> pieces = new ArrayList<>();
        byte[] data = "{\"a\":1}\n{\"service\":\"a\"}\n{\"a\":2}".getBytes(StandardCharsets.UTF_8);
        defective.parse(data, data.length, pieces::add);
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), texts(pieces));
        assertEquals(DeadLetterReason.INTERNAL_ERROR, ((Malformed) pieces.get(1)).reason());
        assertEquals("{\"service\":\"a\"}", text((Malformed) pieces.get(1)).strip());
    }

    @Test
    void aRecordIsHeldNoLongerThanItIsRead() throws InterruptedException {
        byte[] data = "{\"service\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        WeakReference<byte[]> held = new WeakReference<>(data);
        parser.parse(data, data.length, piece -> {});
        data = null;
        Instant deadline = Instant.now().plusSeconds(60);
        while (held.get() != null) {
            assertTrue(Instant.now().isBefore(deadline), "somebody holds the data");
            System.gc();
            Thread.sleep(1);
        }
    }

    @Test
    void ofAnArrayOnlyTheEventThatIsNoProperUtf8IsMalformed() {
        byte[] data = concat("[{\"a\":1},{\"b\":\"", new byte[] {(byte) 0xe2, (byte) 0x82}, "\"},{\"a\":2}]");
        List<ParseResult> pieces = parse(data);
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), texts(pieces));
        assertEquals(DeadLetterReason.INVALID_UTF8, ((Malformed) pieces.get(1)).reason());
    }

    @Test
    void afterManyErrorsInAnArrayTheRestIsOne() {
        String data = "[" + "1,".repeat(20_000) + "{}]";
        List<ParseResult> pieces = parse(data);
        Malformed last = (Malformed) pieces.get(pieces.size() - 1);
        assertEquals(DeadLetterReason.TOO_MANY_ERRORS, last.reason());
        assertEquals(EventParser.ERROR_LIMIT, pieces.size());
        assertEquals(data.length(), last.offset() + last.length());
    }

    @Test
    void anEscapedNameOrTextIsWhatItStandsFor() {
        Parsed parsed = (Parsed) only("{\"\\u0073ervice\":\"\\u0061\\/\\n\u00e4\\ud83d\\ude00\",\"id\":\"\\\\\\\"\","
                + "\"timestamp\":\"1970-01-01T01:00:01\\u002B01:00\"}");
        assertEquals("a/\n\u00e4\uD83D\uDE00", parsed.service());
        assertEquals("\\\"", parsed.id());
        assertEquals(1, parsed.epochSecond());
    }

    @Test
    void otherEncodingsAreMalformed() {
        for (String encoding : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
            byte[] data = "{\"a\":1}".getBytes(Charset.forName(encoding));
            List<ParseResult> pieces = parse(data);
            assertEquals(List.of(), texts(pieces), encoding);
            assertEquals(
                    data.length,
                    pieces.stream().mapToInt(p -> ((Malformed) p).length()).sum(),
                    encoding);
        }
    }

    @Test
    void lineBreaksBetweenTokensAreSeen() throws IOException {
        Parsed parsed = (Parsed) only("{\n  \"a\": [1,\r\n 2]\n}");
        assertTrue(parsed.hasLineBreaks());
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        OneLine.write(parsed.data(), parsed.offset(), parsed.length(), line);
        assertEquals("{\"a\": [1,2]}", line.toString(StandardCharsets.UTF_8));
        assertEquals(false, ((Parsed) only("{\"a\":\"\\n\"}\n")).hasLineBreaks());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resource\":{\"service\":{\"name\":\"api\"}}}",
                "{\"resource\":{\"service.name\":\"api\"}}",
                "{\"resource.service.name\":\"api\"}",
                "{\"resource\":{\"service\":[{\"name\":\"no\"}]},\"resource\":{\"x\":{\"name\":\"no\"},\"service\":{\"name\":\"api\"}}}",
                "{\"x\":{\"resource\":{\"service\":{\"name\":\"no\"}}},\"resource\":{\"service\":{\"name\":\"api\"},\"y\":{}}}",
                "{\"resource\":1,\"resource.service.name\":\"api\",\"service\":{\"name\":\"no\"}}",
                "[{\"resource\":{\"service\":{\"name\":\"api\"}}}]"
            })
    void aDottedPathLeadsIntoNestedObjects(String event) {
        EventParser nested = new EventParser("resource.service.name", "timestamp", "", TimeForms.ALL);
        List<ParseResult> pieces = new ArrayList<>();
        byte[] data = event.getBytes(StandardCharsets.UTF_8);
        nested.parse(data, data.length, pieces::add);
        assertEquals("api", ((Parsed) pieces.get(0)).service());
    }

    @Test
    void aServiceOfAnyScalarIsItsText() {
        assertEquals("12.50", ((Parsed) only("{\"service\":12.50}")).service());
        assertEquals("true", ((Parsed) only("{\"service\":true}")).service());
        assertEquals("", ((Parsed) only("{\"service\":{\"service\":\"x\"},\"a\":1}")).service());
        assertEquals("", ((Parsed) only("{\"service\":[\"x\"]}")).service());
    }

    @Test
    void afterManyErrorsTheRestIsOne() {
        List<ParseResult> pieces = parse("x\n{}\n".repeat(20_000));
        Malformed last = (Malformed) pieces.get(pieces.size() - 1);
        assertEquals(DeadLetterReason.TOO_MANY_ERRORS, last.reason());
        assertEquals(1_999, pieces.size());
        assertEquals(5 * 20_000, last.offset() + last.length());
    }

    private ParseResult only(String data) {
        List<ParseResult> pieces = parse(data);
        assertEquals(
                1, pieces.size(), () -> data.substring(0, Math.min(200, data.length())) + " gave " + pieces.size());
        return pieces.get(0);
    }

    private List<ParseResult> parse(String data) {
        return parse(data.getBytes(StandardCharsets.UTF_8));
    }

    private List<ParseResult> parse(byte[] data) {
        List<ParseResult> pieces = new ArrayList<>();
        parser.parse(data, data.length, pieces::add);
        return pieces;
    }

    private static List<String> texts(List<ParseResult> pieces) {
        List<String> texts = new ArrayList<>();
        for (ParseResult piece : pieces) {
            if (piece instanceof Parsed parsed) {
                texts.add(text(parsed));
            }
        }
        return texts;
    }

    private static String text(Parsed parsed) {
        return new String(parsed.data(), parsed.offset(), parsed.length(), StandardCharsets.UTF_8);
    }

    private static String text(Malformed malformed) {
        return new String(malformed.data(), malformed.offset(), malformed.length(), StandardCharsets.UTF_8);
    }

    private static byte[] concat(String before, byte[] bytes, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(bytes);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
