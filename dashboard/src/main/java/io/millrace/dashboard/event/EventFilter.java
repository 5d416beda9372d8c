package io.millrace.dashboard.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * What a reader wants to see. All parts that are given must fit; an empty one fits everything. Immutable.
 *
 * @param text found in the event's text, whatever the case
 * @param regex found in the event's text
 * @param levels in capitals; {@code WARNING} counts as {@code WARN}
 * @param fields a field's path to its value as text
 * @param service the event's own service; empty for any
 */
public record EventFilter(
        String text, Optional<BoundedRegex> regex, Set<String> levels, Map<String, String> fields, String service) {

    /** Lets everything through. */
    public static final EventFilter ALL = new EventFilter("", Optional.empty(), Set.of(), Map.of(), "");

    public EventFilter {
        text = text.toLowerCase(Locale.ROOT);
        Set<String> normal = new TreeSet<>();
        levels.forEach(level -> normal.add(normalLevel(level)));
        levels = Set.copyOf(normal);
        fields = Map.copyOf(fields);
    }

    /** Whether the text fits; looks at nothing that needs the event to be parsed. */
    public boolean fitsText(String event, BooleanSupplier late) {
        if (!text.isEmpty() && !event.toLowerCase(Locale.ROOT).contains(text)) {
            return false;
        }
        return regex.isEmpty() || regex.get().find(event, late);
    }

    /** Whether {@link #fitsFields} could say no. */
    public boolean needsFields() {
        return !levels.isEmpty() || !fields.isEmpty() || !service.isEmpty();
    }

    /** Whether the fields fit. */
    public boolean fitsFields(ReadEvent event) {
        if (!levels.isEmpty() && !levels.contains(normalLevel(event.level()))) {
            return false;
        }
        if (!service.isEmpty() && !service.equals(event.service().orElse(""))) {
            return false;
        }
        return fields.entrySet().stream()
                .allMatch(field -> event.field(field.getKey()).equals(Optional.of(field.getValue())));
    }

    private static String normalLevel(String level) {
        String upper = level.toUpperCase(Locale.ROOT);
        return upper.equals("WARNING") ? "WARN" : upper;
    }
}
