package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Where the two encodings differ. */
final class Wire {

    /** RFC 8949: an epoch timestamp. */
    private static final int CBOR_TIMESTAMP_TAG = 1;

    private static final ObjectMapper JSON = mapper(new JsonFactory());
    private static final ObjectMapper CBOR = mapper(new CBORFactory());

    private Wire() {}

    private static ObjectMapper mapper(JsonFactory factory) {
        return new ObjectMapper(factory).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    static JsonParser parser(WireFormat format, byte[] body) throws IOException {
        return mapper(format).createParser(body);
    }

    static JsonGenerator generator(WireFormat format, OutputStream out) throws IOException {
        return mapper(format).createGenerator(out);
    }

    static JsonNode tree(WireFormat format, byte[] body) throws IOException {
        return mapper(format).readTree(body);
    }

    static void writeTimestamp(JsonGenerator out, String field, long epochMillis) throws IOException {
        out.writeFieldName(field);
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(CBOR_TIMESTAMP_TAG);
            cbor.writeNumber(epochMillis);
        } else {
            out.writeNumber(BigDecimal.valueOf(epochMillis, 3));
        }
    }

    /** Epoch milliseconds of a number, or of text as ISO 8601. */
    static long readTimestamp(WireFormat format, JsonNode value) {
        try {
            if (value.isTextual()) {
                return OffsetDateTime.parse(value.textValue()).toInstant().toEpochMilli();
            }
            if (value.isNumber()) {
                BigDecimal number = value.decimalValue();
                BigDecimal millis = format == WireFormat.CBOR ? number : number.movePointRight(3);
                return Instant.ofEpochMilli(
                                millis.setScale(0, RoundingMode.FLOOR).longValueExact())
                        .toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw ApiException.serialization("not a timestamp: " + value);
        }
        throw ApiException.serialization("not a timestamp: " + value);
    }

    private static ObjectMapper mapper(WireFormat format) {
        return format == WireFormat.JSON ? JSON : CBOR;
    }
}
