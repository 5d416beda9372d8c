package io.millrace.dashboard.measure;

import io.millrace.dashboard.testing.Lake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A lake with the same number of objects in every service's every hour. */
record LakeShape(int services, int hours, int objectsAnHour) {

    /** One service's one hour. */
    record Folder(String prefix, Instant hour) {}

    private static final Instant FIRST = Instant.parse("2025-10-01T00:00:00Z");

    /** @param args services, hours and objects an hour, from the given place on */
    static LakeShape of(String[] args, int from) {
        return new LakeShape(
                Integer.parseInt(args[from]), Integer.parseInt(args[from + 1]), Integer.parseInt(args[from + 2]));
    }

    List<Folder> folders() {
        List<Folder> folders = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            for (int hour = 0; hour < hours; hour++) {
                Instant time = FIRST.plus(Duration.ofHours(hour));
                folders.add(new Folder(Lake.folder("service-%02d".formatted(service), time.toString()), time));
            }
        }
        return folders;
    }

    String name(int object) {
        return "part-%06d.jsonl".formatted(object);
    }

    byte[] content() {
        return (Lake.event("service", "2025-10-01T00:00:00Z", "INFO", "one of many") + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
