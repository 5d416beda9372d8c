package io.millrace.dashboard.event;

import io.millrace.lake.event.FieldReader;
import java.util.HashSet;
import java.util.Set;

/** Reads what a list of events shows and what a filter asks of them. Not thread-safe: one a search and a live tail. */
public final class EventReader {

    static final String LEVEL = "level";

    private final FieldNames names;
    private final FieldReader fields;

    public EventReader(FieldNames names, EventFilter filter) {
        this.names = names;
        Set<String> wanted = new HashSet<>(filter.fields().keySet());
        wanted.add(names.service());
        wanted.add(names.timestamp());
        wanted.add(LEVEL);
        this.fields = new FieldReader(wanted);
    }

    public ReadEvent read(String event) {
        return new ReadEvent(names, fields.read(event));
    }
}
