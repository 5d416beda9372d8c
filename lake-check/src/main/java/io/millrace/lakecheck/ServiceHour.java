package io.millrace.lakecheck;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One service-hour of the lake: what it must gain, and what was found in objects that were not there before. */
final class ServiceHour {

    private final String prefix;
    private final Set<String> seen;
    private final Map<ByteBuffer, Integer> awaited = new HashMap<>();
    private int missing;
    private int doubled;
    private int others;
    private int objects;

    /** @param existing the keys that lay under the prefix before anything was sent; they are not looked at */
    ServiceHour(String prefix, List<ExpectedEvent> events, List<String> existing) {
        this.prefix = prefix;
        this.seen = new HashSet<>(existing);
        for (ExpectedEvent event : events) {
            awaited.merge(ByteBuffer.wrap(event.bytes()), 1, Integer::sum);
        }
        this.missing = events.size();
    }

    /** Reads the objects that are new since the last look. */
    void look(Lake lake) {
        for (String key : lake.keys(prefix)) {
            if (seen.add(key)) {
                objects++;
                lake.forEachLine(key, this::found);
            }
        }
    }

    private void found(byte[] line) {
        ByteBuffer event = ByteBuffer.wrap(line);
        Integer left = awaited.get(event);
        if (left == null) {
            others++;
        } else if (left == 0) {
            doubled++;
        } else {
            awaited.put(event, left - 1);
            missing--;
        }
    }

    String prefix() {
        return prefix;
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

    int objects() {
        return objects;
    }
}
