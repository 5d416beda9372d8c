package io.millrace.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dashboard.testing.TestDashboard;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)\\}");

    @Test
    void theDocumentNamesExactlyTheRoutesThatThereAre() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(URI.create("http://127.0.0.1:1"), Map.of())) {
            JsonNode document = dashboard.http().get("/api/openapi.json").json();
            Set<String> documented = new TreeSet<>();
            document.get("paths").fieldNames().forEachRemaining(documented::add);
            Set<String> routes = new TreeSet<>();
            for (String route : dashboard.dashboard().routes()) {
                if (route.matches("/(api/.*|health|metrics)")) {
                    routes.add(route.replace('<', '{').replace('>', '}'));
                }
            }
            assertEquals(routes, documented);
        }
    }

    @Test
    void everyParameterOfAPathIsDescribed() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(URI.create("http://127.0.0.1:1"), Map.of())) {
            JsonNode paths = dashboard.http().get("/api/openapi.json").json().get("paths");
            paths.properties()
                    .forEach(path -> PARAMETER.matcher(path.getKey()).results().forEach(parameter -> {
                        assertTrue(
                                path.getValue()
                                        .at("/get/parameters")
                                        .findValuesAsText("name")
                                        .contains(parameter.group(1)),
                                path::getKey);
                    }));
        }
    }
}
