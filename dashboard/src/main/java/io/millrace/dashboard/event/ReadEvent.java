package io.millrace.dashboard.event;

import io.millrace.lake.event.EventTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What one event says of itself, as far as {@link EventReader} was asked. */
public final class ReadEvent {

    private final FieldNames names;
    private final Map<String, String> fields;

    ReadEvent(FieldNames names, Map<String, String> fields) {
        this.names = names;
        this.fields = fields;
    }

    /** Empty where it has no time that can be read. */
    public Optional<Instant> time() {
        return field(names.timestamp()).flatMap(EventTime::instant);
    }

    /** Empty where it names none. */
    public Optional<String> service() {
        return field(names.service());
    }

    /** As it is written; may be empty. */
    public String level() {
        return field(EventReader.LEVEL).orElse("");
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
