package io.millrace.lake.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.lake.deadletter.DeadLetterReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson and the scanner must agree on what is JSON, where it ends and what its fields say. */
class JsonScannerTest {

    /** Jackson guesses at UTF-16 and UTF-32 by the first bytes: not by these. */
    private static final int LEADING_SPACES = 4;

    private static final JsonFactory JACKSON = new JsonFactory();
    private static final byte[] ALPHABET = "{}[],:\"\\ \n0123-+.eEntrulfasb/".getBytes(US_ASCII);

    private final EventFields fields = new EventFields("s", "t", "i", TimeForms.ALL);
    private final JsonScanner scanner = new JsonScanner(fields);

    @Test
    void ofEveryShortTextTheSameIsJson() throws IOException {
        byte[] few = "{}[],:\"\\ 0-.e1".getBytes(US_ASCII);
        byte[] text = new byte[5];
        int[] digits = new int[text.length];
        for (int length = 1; length <= text.length; length++) {
            long count = Math.round(Math.pow(few.length, length));
            for (long number = 0; number < count; number++) {
                long rest = number;
                for (int i = 0; i < length; i++) {
                    digits[i] = (int) (rest % few.length);
                    text[i] = few[digits[i]];
                    rest /= few.length;
                }
                assertAgreed(Arrays.copyOf(text, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "-",
                "00",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "1E-07",
                "-1.50e+9",
                ".5",
                "+1",
                "0x1",
                "1_0",
                "tru",
                "trueX",
                "nul",
                "falsee",
                "NaN",
                "\"\\u12G4\"",
                "\"\\u12\"",
                "\"\\u\uFF11234\"",
                "\"\\v\"",
                "\"\\",
                "\"\u007F\"",
                "\"\u001F\"",
                "[1 2]",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{1:1}",
                "[}",
                "{]",
                "[1}",
                "\u00A01",
                "{\"a\":{\"b\":[{}, [], \"\", 0]} , \"c\" :\tnull\r\n}"
            })
    void inCornersTheSameIsJson(String text) throws IOException {
        assertAgreed(text.getBytes(UTF_8));
    }

    @Property(tries = 20_000)
    void ofMutatedJsonTheSameIsJson(@ForAll("mutated") byte[] text) throws IOException {
        assertAgreed(text);
    }

    @Property(tries = 5_000)
    void aFieldSaysTheSame(@ForAll("objects") String text) throws IOException {
        byte[] data = text.getBytes(UTF_8);
        assertEquals(data.length, scanner.value(data, 0, data.length), text);
        String service = "";
        String id = "";
        try (JsonParser json = JACKSON.createParser(data)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                String said = token.isScalarValue() && token != JsonToken.VALUE_NULL ? json.getText() : "";
                service = name.equals("s") ? said : service;
                id = name.equals("i") ? said : id;
                json.skipChildren();
            }
        }
        assertEquals(service, fields.service(), text);
        assertEquals(id, fields.id(), text);
    }

    @Test
    void whatStandsBehindIsLeftAlone() {
        byte[] data = "xx{\"a\":\"b\"}\"".getBytes(US_ASCII);
        assertEquals(data.length - 1, scanner.value(data, 2, data.length));
        assertEquals(JsonScanner.NONE, scanner.value(data, 2, data.length - 2));
        assertEquals("it ends where a comma or a closing brace is due", scanner.error());
        assertEquals(JsonScanner.NONE, scanner.value(data, 2, data.length - 3));
        assertEquals("it ends where a closing quote is due", scanner.error());
    }

    private void assertAgreed(byte[] text) throws IOException {
        int after = scanner.value(text, 0, text.length);
        boolean isOneValue = after != JsonScanner.NONE
                && new String(text, after, text.length - after, ISO_8859_1).matches("[ \\t\\r\\n]*");
        boolean isUtf8 = Arrays.equals(new String(text, UTF_8).getBytes(UTF_8), text);
        if (isOneValue && scanner.reason() != null) {
            assertEquals(DeadLetterReason.INVALID_UTF8, scanner.reason(), () -> shown(text));
            assertEquals(false, isUtf8, () -> shown(text));
        } else {
            assertEquals(isOneValueToJackson(text), isOneValue, () -> shown(text));
        }
    }

    private static String shown(byte[] text) {
        return new String(text, ISO_8859_1);
    }

    private static boolean isOneValueToJackson(byte[] text) throws IOException {
        if (" \t\r\n".indexOf(text[0]) >= 0) {
            return false; // the scanner begins at a value
        }
        byte[] data = new byte[LEADING_SPACES + text.length];
        Arrays.fill(data, (byte) ' ');
        System.arraycopy(text, 0, data, LEADING_SPACES, text.length);
        try (JsonParser json = JACKSON.createParser(data)) {
            json.nextToken();
            json.skipChildren();
            json.finishToken();
            return json.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> names =
                Arbitraries.of("s", "i", "t", "ss", "", "\\u0073", "\\u0069", "\\\\s", "\u00e4", "longer than eight");
        return Combinators.combine(names, values(3))
                .as((name, value) -> "\"" + name + "\": " + value)
                .list()
                .ofMaxSize(6)
                .map(members -> "{" + String.join(" ,", members) + "}");
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> strings = Arbitraries.oneOf(
                        Arbitraries.strings().all().ofMaxLength(20).map(JsonScannerTest::quotable),
                        Arbitraries.of(
                                "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\uD83D\\uDE00", "\u20AC", "\uD83D\uDE00"))
                .list()
                .ofMaxSize(3)
                .map(parts -> "\"" + String.join("", parts) + "\"");
        Arbitrary<String> scalars = Arbitraries.oneOf(
                strings, Arbitraries.of("0", "-1.5", "12e3", "true", "false", "null", "9".repeat(30)));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<List<String>> several = values(depth - 1).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                scalars,
                scalars,
                several.map(values -> "[" + String.join(",", values) + "]"),
                several.map(values -> "{\"s\":" + String.join(",\"i\" : ", values) + "}")
                        .filter(object -> !object.equals("{\"s\":}")));
    }

    private static String quotable(String text) {
        return new String(text.replaceAll("[\\p{Cntrl}\"\\\\]", "x").getBytes(UTF_8), UTF_8);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<Byte> bytes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, ALPHABET.length - 1).map(i -> ALPHABET[i]), Arbitraries.bytes());
        Arbitrary<List<Change>> changes = Combinators.combine(
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 2),
                        bytes)
                .as(Change::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(values(3), changes).as((text, some) -> {
            byte[] data = text.getBytes(UTF_8);
            for (Change change : some) {
                data = change.of(data);
            }
            return data.length == 0 ? new byte[] {' '} : data;
        });
    }

    /** So many bytes are taken away at a place, and a byte is put there. */
    private record Change(int place, int removed, byte added) {

        byte[] of(byte[] data) {
            int at = data.length == 0 ? 0 : place % data.length;
            int behind = Math.min(data.length, at + removed);
            byte[] changed = new byte[data.length - (behind - at) + 1];
            System.arraycopy(data, 0, changed, 0, at);
            changed[at] = added;
            System.arraycopy(data, behind, changed, at + 1, data.length - behind);
            return changed;
        }
    }
}
