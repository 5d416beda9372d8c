package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;

/** What one event's service, timestamp and dedupe fields say; of duplicate names the last one. Not thread-safe. */
public class EventFields {

    /** A service, timestamp or id, in bytes: as strings, and on the way to an object's key, they take several times that. */
    public static final int TEXT_LIMIT = 1 << 20;

    private static final int LONGEST_ESCAPE = "\\u0000".length();

    private final FieldPath servicePath;
    private final FieldPath timestampPath;
    private final FieldPath idPath;
    private final boolean wantsId;
    private final TimeForms times;
    private final int deepest;
    private final int longestName;
    private final TextCache services = new TextCache();

    private String service = "";
    private long epochSecond;
    private String id = "";

    private boolean isService;
    private boolean isTimestamp;
    private boolean isId;

    /** @param times how the timestamp field's times are read */
    public EventFields(String serviceField, String timestampField, String dedupeField, TimeForms times) {
        this.times = times;
        servicePath = new FieldPath(serviceField);
        timestampPath = new FieldPath(timestampField);
        idPath = new FieldPath(dedupeField);
        wantsId = !dedupeField.isEmpty();
        deepest = Math.max(Math.max(servicePath.depth(), timestampPath.depth()), idPath.depth());
        longestName = Math.max(Math.max(servicePath.longestName(), timestampPath.longestName()), idPath.longestName());
    }

    public String service() {
        return service;
    }

    public long epochSecond() {
        return epochSecond;
    }

    public String id() {
        return id;
    }

    /** The next name is a new event's. */
    public void reset() {
        service = "";
        epochSecond = EventTime.NONE;
        id = "";
        servicePath.reset();
        timestampPath.reset();
        idPath.reset();
    }

    /**
     * A name in an object at this depth.
     *
     * @return whether its value is asked for: then comes {@link #text} or {@link #noText}
     */
    boolean name(byte[] data, int from, int to, boolean hasEscapes, int depth) {
        if (depth > deepest) {
            return false;
        }
        if (hasEscapes && to - from <= longestName * LONGEST_ESCAPE) {
            String text = JsonText.decode(data, from, to, true);
            byte[] name = text.getBytes(StandardCharsets.UTF_8);
            boolean isText = text.equals(new String(name, StandardCharsets.UTF_8)); // a lone surrogate is none
            if (isText) {
                return name(name, 0, name.length, depth);
            }
        }
        return name(data, from, to, depth);
    }

    private boolean name(byte[] data, int from, int to, int depth) {
        if (deepest > 1) {
            leave(depth); // a step whose value was no object
        }
        isService = servicePath.isField(data, from, to, depth);
        isTimestamp = timestampPath.isField(data, from, to, depth);
        isId = wantsId && idPath.isField(data, from, to, depth);
        if (deepest > 1) {
            servicePath.step(data, from, to, depth);
            timestampPath.step(data, from, to, depth);
            idPath.step(data, from, to, depth);
        }
        return isService || isTimestamp || isId;
    }

    /** The end of an object or array in an object at this depth. */
    void leave(int depth) {
        if (depth < deepest) {
            servicePath.leave(depth);
            timestampPath.leave(depth);
            idPath.leave(depth);
        }
    }

    /**
     * The value is a string, of which this stands between the quotes, or a number, true or false.
     *
     * @return false where it is longer than {@value #TEXT_LIMIT} bytes
     */
    boolean text(byte[] data, int from, int to, boolean hasEscapes) {
        if (to - from > EventFields.TEXT_LIMIT) {
            return false;
        }
        if (isService) {
            service = services.get(data, from, to, hasEscapes);
        }
        if (isTimestamp) {
            epochSecond = time(data, from, to, hasEscapes);
        }
        if (isId) {
            id = JsonText.decode(data, from, to, hasEscapes);
        }
        return true;
    }

    private long time(byte[] data, int from, int to, boolean hasEscapes) {
        if (!hasEscapes) {
            return EventTime.epochSecond(data, from, to, times);
        }
        if (to - from > times.longest() * LONGEST_ESCAPE) {
            return EventTime.NONE;
        }
        byte[] text = JsonText.decode(data, from, to, true).getBytes(StandardCharsets.UTF_8);
        return EventTime.epochSecond(text, 0, text.length, times);
    }

    /** The value is null, an object or an array. */
    void noText() {
        service = isService ? "" : service;
        epochSecond = isTimestamp ? EventTime.NONE : epochSecond;
        id = isId ? "" : id;
    }
}
