package io.millrace.dashboard.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts that stand now, with the time when each began. Thread-safe. */
public final class AlertBook {

    /** What a judgement changed. */
    record Change(List<Alert> raised, List<Alert> cleared) {}

    private Map<String, Alert> standing = Map.of();
    private Instant judgedAt;

    /** Takes over what the rules found; what was there before keeps its beginning. */
    synchronized Change update(List<Alert> found, Instant now) {
        Map<String, Alert> before = standing;
        Map<String, Alert> after = new LinkedHashMap<>();
        List<Alert> raised = new ArrayList<>();
        for (Alert alert : found) {
            Alert known = before.get(alert.id());
            Alert dated = alert.since(known == null ? now : known.since());
            after.put(alert.id(), dated);
            if (known == null) {
                raised.add(dated);
            }
        }
        List<Alert> cleared = before.values().stream()
                .filter(alert -> !after.containsKey(alert.id()))
                .toList();
        standing = after;
        judgedAt = now;
        return new Change(raised, cleared);
    }

    public synchronized List<Alert> standing() {
        return List.copyOf(standing.values());
    }

    /** When the rules last looked; null before the first time. */
    public synchronized Instant judgedAt() {
        return judgedAt;
    }
}
