package io.millrace.lake.event;

import java.nio.charset.StandardCharsets;

/** What one event's service, timestamp and dedupe fields say; of duplicate names the last one. Not thread-safe. */
public class EventFields extends FieldListener {

    /** A service, timestamp or id, in bytes: as strings, and on the way to an object's key, they take several times that. */
    public static final int TEXT_LIMIT = 1 << 20;

    private final FieldPath servicePath;
    private final FieldPath timestampPath;
    private final FieldPath idPath;
    private final boolean wantsId;
    private final TimeForms times;
    private final TextCache services = new TextCache();

    private String service = "";
    private long epochSecond;
    private String id = "";

    private boolean isService;
    private boolean isTimestamp;
    private boolean isId;

    /** @param times how the timestamp field's times are read */
    public EventFields(String serviceField, String timestampField, String dedupeField, TimeForms times) {
        this(new FieldPath(serviceField), new FieldPath(timestampField), new FieldPath(dedupeField), times);
    }

    private EventFields(FieldPath service, FieldPath timestamp, FieldPath id, TimeForms times) {
        super(service, timestamp, id);
        this.servicePath = service;
        this.timestampPath = timestamp;
        this.idPath = id;
        this.wantsId = id.longestName() > 0;
        this.times = times;
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
    @Override
    public void reset() {
        service = "";
        epochSecond = EventTime.NONE;
        id = "";
        servicePath.reset();
        timestampPath.reset();
        idPath.reset();
    }

    @Override
    boolean isWanted(byte[] data, int from, int to, int depth) {
        if (isNested()) {
            leave(depth); // a step whose value was no object
        }
        isService = servicePath.isField(data, from, to, depth);
        isTimestamp = timestampPath.isField(data, from, to, depth);
        isId = wantsId && idPath.isField(data, from, to, depth);
        if (isNested()) {
            servicePath.step(data, from, to, depth);
            timestampPath.step(data, from, to, depth);
            idPath.step(data, from, to, depth);
        }
        return isService || isTimestamp || isId;
    }

    @Override
    void forget(int depth) {
        servicePath.leave(depth);
        timestampPath.leave(depth);
        idPath.leave(depth);
    }

    /** Refuses more than {@value #TEXT_LIMIT} bytes. */
    @Override
    boolean text(byte[] data, int from, int to, boolean hasEscapes) {
        if (to - from > TEXT_LIMIT) {
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

    @Override
    void noText() {
        service = isService ? "" : service;
        epochSecond = isTimestamp ? EventTime.NONE : epochSecond;
        id = isId ? "" : id;
    }
}
