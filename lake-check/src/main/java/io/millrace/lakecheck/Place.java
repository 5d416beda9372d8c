package io.millrace.lakecheck;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the lake, most often one hour of a service: what it must gain, and what was found in objects that were not there
 * before.
 */
final class Place {

    private final List<String> prefixes;
    private final Set<ByteBuffer> sent;
    private final Set<String> seen;
    private final Map<ByteBuffer, Integer> awaited = new HashMap<>();
    private int missing;
    private int doubled;
    private int others;
    private final Set<String> objects = new HashSet<>();

    /**
     * @param events that must come to lie under one of the prefixes
     * @param sent all events of the check, here and elsewhere
     * @param existing the keys that lay there before anything was sent; they are not looked at
     */
    Place(List<String> prefixes, List<ExpectedEvent> events, Set<ByteBuffer> sent, List<String> existing) {
        this.prefixes = prefixes;
        this.sent = sent;
        this.seen = new HashSet<>(existing);
        for (ExpectedEvent event : events) {
            awaited.merge(ByteBuffer.wrap(event.bytes()), 1, Integer::sum);
        }
        this.missing = events.size();
    }

    /** Reads the objects that are new since the last look. */
    void look(Lake lake) {
        for (String prefix : prefixes) {
            for (String key : lake.keys(prefix)) {
                if (seen.add(key)) {
                    objects.add(key);
                    lake.forEachLine(key, this::found);
                }
            }
        }
    }

    private void found(byte[] line) {
        ByteBuffer event = ByteBuffer.wrap(line);
        Integer left = awaited.get(event);
        if (left == null) {
            others += sent.contains(event) ? 0 : 1;
        } else if (left == 0) {
            doubled++;
        } else {
            awaited.put(event, left - 1);
            missing--;
        }
    }

    List<String> prefixes() {
        return prefixes;
    }

    int missing() {
        return missing;
    }

    int doubled() {
        return doubled;
    }

    /** Lines that were not sent by this check: another sender's events, or an event that was changed on its way. */
    int others() {
        return others;
    }

    /** The new objects' keys. */
    Set<String> objects() {
        return objects;
    }
}
