package io.millrace.localaws.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.localaws.fault.Fault;
import io.millrace.localaws.fault.Faults;
import io.millrace.localaws.fault.FaultsJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/** What local-aws answers for itself: {@code /_localstack/health}, {@code /_millrace/faults}, {@code /_millrace/calls}. */
final class Controls {

    private static final String FAULTS = "/_millrace/faults";
    private static final String CALLS = "/_millrace/calls";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Health health;
    private final Faults faults;
    private final Calls calls;

    Controls(Health health, Faults faults, Calls calls) {
        this.health = health;
        this.faults = faults;
        this.calls = calls;
    }

    static boolean isFor(String path) {
        return path.startsWith("/_localstack/") || path.startsWith("/_millrace/");
    }

    Reply reply(Request request) throws IOException {
        String path = request.getHttpURI().getPath();
        // HEAD is answered like GET; Jetty leaves the body out.
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        if (path.equals(Health.PATH)) {
            return Reply.json(health.json());
        } else if (path.equals(FAULTS) || path.startsWith(FAULTS + "/")) {
            return faults(method, path.substring(FAULTS.length()), request);
        } else if (path.equals(CALLS)) {
            return calls(method);
        }
        return error(404, "local-aws answers for itself at " + Health.PATH + ", " + FAULTS + " and " + CALLS);
    }

    private Reply faults(String method, String idPath, Request request) throws IOException {
        switch (method) {
            case "GET" -> {}
            case "POST", "PUT" -> {
                try {
                    List<Fault> rules = FaultsJson.read(RequestBody.read(request));
                    if (method.equals("PUT")) {
                        faults.clear();
                    }
                    rules.forEach(faults::add);
                } catch (IllegalArgumentException | IllegalStateException e) {
                    return error(400, e.getMessage());
                }
            }
            case "DELETE" -> {
                if (idPath.isEmpty()) {
                    faults.clear();
                } else if (!idPath.matches("/\\d{1,18}") || !faults.remove(Long.parseLong(idPath.substring(1)))) {
                    return error(404, "there is no fault " + idPath);
                }
            }
            default -> {
                return error(405, "allowed is GET, POST (adds), PUT (replaces), DELETE");
            }
        }
        return Reply.json(FaultsJson.write(faults.list()));
    }

    private Reply calls(String method) throws JsonProcessingException {
        switch (method) {
            case "GET" -> {}
            case "DELETE" -> calls.reset();
            default -> {
                return error(405, "allowed is GET, DELETE (starts counting anew)");
            }
        }
        return Reply.json(MAPPER.writeValueAsString(calls.snapshot()));
    }

    private static Reply error(int status, String message) throws JsonProcessingException {
        return Reply.json(status, MAPPER.writeValueAsString(Map.of("error", message)));
    }
}
