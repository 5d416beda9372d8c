package io.millrace.dashboard.lake.search;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a search stopped: the next line to look at. Given to callers as text without meaning to them.
 *
 * @param folder the prefix of the service's hour
 * @param key empty for the folder as a whole
 * @param line {@link #AFTER} to go on behind the object, or behind the folder
 */
public record SearchCursor(Instant hour, String folder, String key, long line) {

    static final long AFTER = -1;

    private static final String SEPARATOR = "\n";

    boolean isAfterFolder() {
        return key.isEmpty() && line == AFTER;
    }

    public String encode() {
        String text = String.join(SEPARATOR, hour.toString(), folder, key, Long.toString(line));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException where {@link #encode} did not make it */
    public static SearchCursor decode(String cursor) {
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
        // The key must lie in the folder, so that a forged cursor leads nowhere else.
        if (parts.length != 4 || !(parts[2].isEmpty() || parts[2].startsWith(parts[1]))) {
            throw new IllegalArgumentException("no cursor of a search");
        }
        try {
            return new SearchCursor(Instant.parse(parts[0]), parts[1], parts[2], Long.parseLong(parts[3]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no cursor of a search", e);
        }
    }
}
