package io.millrace.dashboard.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Picks fields out of an event without building a tree of it. A field within an object is named by its path,
 * {@code http.status}. Numbers are given as they are written.
 */
public final class EventFields {

    private static final JsonFactory JSON = new JsonFactory();

    private EventFields() {}

    /**
     * The wanted fields' values as text, those that are there and are no objects or arrays. Of text that is no JSON object
     * nothing is found; of one that is cut off, what stands before the cut.
     */
    public static Map<String, String> read(String event, Set<String> wanted) {
        Map<String, String> found = new HashMap<>();
        try (JsonParser parser = JSON.createParser(event)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                read(parser, wanted, found);
            }
        } catch (IOException e) {
            // No JSON, or not to its end: what was found before counts.
        }
        return found;
    }

    private static void read(JsonParser parser, Set<String> wanted, Map<String, String> found) throws IOException {
        Deque<String> path = new ArrayDeque<>();
        String prefix = "";
        String name = "";
        int arrays = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case FIELD_NAME -> name = prefix + parser.currentName();
                case START_ARRAY -> arrays++;
                case END_ARRAY -> arrays--;
                case START_OBJECT -> {
                    path.push(prefix);
                    prefix = name + '.';
                }
                case END_OBJECT -> {
                    if (path.isEmpty()) {
                        return;
                    }
                    prefix = path.pop();
                }
                default -> {
                    if (arrays == 0 && wanted.contains(name)) {
                        found.putIfAbsent(name, parser.getText());
                    }
                }
            }
            if (found.size() == wanted.size()) {
                return;
            }
        }
    }
}
