package io.millrace.lakecheck;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Where events belong, by their service and time. */
final class EventPlaces {

    private static final String UNKNOWN = "unknown";

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final String serviceField;
    private final String timestampField;

    /** @param serviceField a name or a dotted path, as the consumer's SERVICE_FIELD; {@code timestampField} likewise */
    EventPlaces(String serviceField, String timestampField) {
        this.serviceField = serviceField;
        this.timestampField = timestampField;
    }

    /** @throws IOException where the line is no JSON object */
    ExpectedEvent event(long number, String line, byte[] bytes) throws IOException {
        JsonNode event = mapper.readTree(line);
        if (!event.isObject()) {
            throw new IOException("no JSON object");
        }
        JsonNode named = find(event, serviceField);
        String service =
                named.isValueNode() && !named.isNull() && !named.asText().isBlank() ? named.asText() : UNKNOWN;
        return new ExpectedEvent(
                number,
                bytes,
                service,
                "service=" + hiveEscaped(service) + "/",
                EventTimes.read(find(event, timestampField)));
    }

    /** Names may hold dots themselves; of duplicates the last counts. */
    private static JsonNode find(JsonNode object, String path) {
        JsonNode found = MissingNode.getInstance();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (name.equals(path)) {
                found = field.getValue();
            } else if (path.startsWith(name + ".")
                    && name.indexOf('.') < 0
                    && field.getValue().isObject()) {
                JsonNode within = find(field.getValue(), path.substring(name.length() + 1));
                found = within.isMissingNode() ? found : within;
            }
        }
        return found;
    }

    /** As Hive writes partition values; the set of characters is that of Hive's {@code FileUtils.escapePathName}. */
    private static String hiveEscaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == 0x7F || "\"#%'*/:=?\\{[]^".indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
