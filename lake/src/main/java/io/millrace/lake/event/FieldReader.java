package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads any fields of an event as text; a name or a dotted path names each, {@code http.status}. A field is found, and of
 * duplicate names the last is taken, as whoever writes the lake does. Not thread-safe.
 */
public final class FieldReader {

    private final JsonScanner scanner;
    private final Found found;

    /** @param fields names and paths; the same ones are the keys of what {@link #read} gives */
    public FieldReader(Collection<String> fields) {
        this.found = new Found(fields.toArray(String[]::new));
        this.scanner = new JsonScanner(found);
    }

    /**
     * The fields' values, of those that are there and are not null, objects or arrays. Numbers are as they are written. Of
     * text that is no JSON object nothing is found; of one that is cut off, what stands before the cut.
     */
    public Map<String, String> read(String event) {
        byte[] data = event.strip().getBytes(StandardCharsets.UTF_8);
        if (data.length == 0 || data[0] != '{') {
            return Map.of();
        }
        scanner.value(data, 0, data.length);
        return found.take();
    }

    private static final class Found extends FieldListener {

        private final String[] names;
        private final FieldPath[] paths;
        private final boolean[] isWanted;
        private Map<String, String> values = new HashMap<>();

        Found(String[] names) {
            this(names, Arrays.stream(names).map(FieldPath::new).toArray(FieldPath[]::new));
        }

        private Found(String[] names, FieldPath[] paths) {
            super(paths);
            this.names = names;
            this.paths = paths;
            this.isWanted = new boolean[paths.length];
        }

        Map<String, String> take() {
            Map<String, String> taken = values;
            values = new HashMap<>();
            return taken;
        }

        @Override
        void reset() {
            values.clear();
            for (FieldPath path : paths) {
                path.reset();
            }
        }

        @Override
        boolean isWanted(byte[] data, int from, int to, int depth) {
            boolean isAnyWanted = false;
            for (int i = 0; i < paths.length; i++) {
                paths[i].leave(depth); // a step whose value was no object
                isWanted[i] = paths[i].isField(data, from, to, depth);
                isAnyWanted |= isWanted[i];
                paths[i].step(data, from, to, depth);
            }
            return isAnyWanted;
        }

        @Override
        void forget(int depth) {
            for (FieldPath path : paths) {
                path.leave(depth);
            }
        }

        @Override
        boolean text(byte[] data, int from, int to, boolean hasEscapes) {
            String text = JsonText.decode(data, from, to, hasEscapes);
            for (int i = 0; i < paths.length; i++) {
                if (isWanted[i]) {
                    values.put(names[i], text);
                }
            }
            return true;
        }

        @Override
        void noText() {
            for (int i = 0; i < paths.length; i++) {
                if (isWanted[i]) {
                    values.remove(names[i]);
                }
            }
        }
    }
}
