package io.millrace.dashboard.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts an array of objects into its elements without changing their text. */
final class JsonArray {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonArray() {}

    /** The elements' texts; none where this is no array of objects. */
    static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                elements.add(
                        array.substring(start, (int) parser.currentLocation().getCharOffset()));
            }
            return parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null ? elements : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
