package io.millrace.dashboard.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts as JSON, {@code {"state": "raised" | "cleared", "alert": {…}}}, in order. What cannot be posted is kept and
 * tried again with the next judgement, within bounds. Used by one thread.
 */
final class Webhook {

    private static final Logger log = LoggerFactory.getLogger(Webhook.class);
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MAX_WAITING = 1_000;

    private final URI url;
    private final ObjectMapper json;
    private final Deque<Map<String, Object>> waiting = new ArrayDeque<>();
    private boolean failed;

    Webhook(URI url, ObjectMapper json) {
        this.url = url;
        this.json = json;
    }

    void add(AlertBook.Change change) {
        change.raised().forEach(alert -> add("raised", alert));
        change.cleared().forEach(alert -> add("cleared", alert));
    }

    private void add(String state, Alert alert) {
        if (waiting.size() == MAX_WAITING) {
            waiting.remove();
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("state", state);
        message.put("alert", alert);
        waiting.add(message);
    }

    void post() {
        while (!waiting.isEmpty()) {
            try {
                int status = post(json.writeValueAsBytes(waiting.peek()));
                if (status >= 500 || status == 429) {
                    throw new IOException("it answered with status " + status);
                }
                if (status >= 300) {
                    // It will not like it better the next time.
                    log.warn("The alerts' webhook refused an alert with status {}", status);
                }
                waiting.remove();
                failed = false;
            } catch (IOException e) {
                if (!failed) {
                    log.warn("Alerts wait, for their webhook does not take them: {}", e.getMessage());
                }
                failed = true;
                return;
            }
        }
    }

    private int post(byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }
}
