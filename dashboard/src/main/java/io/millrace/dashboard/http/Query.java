package io.millrace.dashboard.http;

import io.javalin.http.Context;
import io.millrace.dashboard.event.BoundedRegex;
import io.millrace.dashboard.event.EventFilter;
import io.millrace.lake.event.EventTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's query parameters, checked: whatever is wrong is answered with 400, name and value and what is allowed. */
final class Query {

    private static final int MAX_FIELDS = 20;
    private static final int MAX_TEXT = 1_000;

    private final Context ctx;

    Query(Context ctx) {
        this.ctx = ctx;
    }

    /** Empty where the parameter is absent. */
    String text(String name) {
        String value = ctx.queryParam(name);
        if (value == null) {
            return "";
        }
        if (value.length() > MAX_TEXT) {
            throw bad(name, value.substring(0, 20) + "…", "at most " + MAX_TEXT + " characters");
        }
        return value;
    }

    String textOr(String name, String otherwise) {
        String value = text(name);
        return value.isEmpty() ? otherwise : value;
    }

    int integer(String name, int otherwise, int min, int max) {
        return (int) number(name, otherwise, min, max);
    }

    long number(String name, long otherwise, long min, long max) {
        String value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        throw bad(name, value, "a whole number from " + min + " to " + max);
    }

    boolean flag(String name) {
        return choice(name, "false", Set.of("true", "false")).equals("true");
    }

    String choice(String name, String otherwise, Set<String> choices) {
        String value = textOr(name, otherwise);
        if (!choices.contains(value)) {
            throw bad(
                    name,
                    value,
                    "one of " + String.join(", ", choices.stream().sorted().toList()));
        }
        return value;
    }

    Instant time(String name, Instant otherwise) {
        String value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return EventTime.instant(value)
                .orElseThrow(() -> bad(name, value, "a time such as 2025-11-09T13:00:00Z or epoch seconds"));
    }

    /** {@code q}, {@code regex}, {@code level} (may repeat), {@code field=name=value} (may repeat). */
    EventFilter filter(String service) {
        return new EventFilter(text("q"), regex(), levels(), fields(), service);
    }

    private Optional<BoundedRegex> regex() {
        String expression = text("regex");
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BoundedRegex.compile(expression));
        } catch (IllegalArgumentException e) {
            throw bad("regex", expression, "a regular expression in RE2's syntax (" + e.getMessage() + ")");
        }
    }

    private Set<String> levels() {
        Set<String> levels = new HashSet<>();
        for (String value : ctx.queryParams("level")) {
            levels.addAll(List.of(value.split(",")));
        }
        levels.remove("");
        return levels;
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        for (String condition : ctx.queryParams("field")) {
            int equals = condition.indexOf('=');
            if (equals < 1 || fields.size() == MAX_FIELDS) {
                throw bad("field", condition, "name=value, at most " + MAX_FIELDS + " times");
            }
            fields.put(condition.substring(0, equals), condition.substring(equals + 1));
        }
        return fields;
    }

    static ApiException bad(String name, String value, String allowed) {
        return new ApiException(
                400, "bad_parameter", name + " is '" + value + "' but must be " + allowed, "See /api/openapi.json");
    }
}
