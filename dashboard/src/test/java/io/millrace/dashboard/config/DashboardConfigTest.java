package io.millrace.dashboard.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class DashboardConfigTest {

    @Test
    void defaults() throws ConfigException {
        DashboardConfig config = DashboardConfig.load(Map.of());

        assertEquals("127.0.0.1", config.host());
        assertEquals(8010, config.port());
        assertEquals(Optional.empty(), config.awsEndpoint());
        assertEquals(Region.US_EAST_1, config.region());
        assertEquals("INFO", config.logLevel());
        assertEquals("text", config.logFormat());
    }

    @Test
    void everySettingIsRead() throws ConfigException {
        DashboardConfig config = DashboardConfig.load(Map.of(
                "DASHBOARD_HOST", "::1",
                "DASHBOARD_PORT", "0",
                "AWS_ENDPOINT_URL", "http://localhost:4566",
                "AWS_REGION", "eu-west-1",
                "LOG_LEVEL", "debug",
                "LOG_FORMAT", "JSON"));

        assertEquals("::1", config.host());
        assertEquals(0, config.port());
        assertEquals(Optional.of(URI.create("http://localhost:4566")), config.awsEndpoint());
        assertEquals(Region.EU_WEST_1, config.region());
        assertEquals("DEBUG", config.logLevel());
        assertEquals("json", config.logFormat());
    }

    @Test
    void allProblemsAreListedWithNameValueAndWhatIsAllowed() {
        ConfigException problem = assertThrows(
                ConfigException.class,
                () -> DashboardConfig.load(
                        Map.of("DASHBOARD_PORT", "99999", "AWS_ENDPOINT_URL", "localhost:4566", "LOG_FORMAT", "xml")));

        assertEquals(
                List.of(
                        "DASHBOARD_PORT is '99999' but must be a whole number from 0 to 65535",
                        "AWS_ENDPOINT_URL is 'localhost:4566' but must be an http or https URL",
                        "LOG_FORMAT is 'xml' but must be text or json"),
                problem.problems());
    }

    @Test
    void environmentWinsOverFileAndFileOverDefault(@TempDir Path folder) throws IOException, ConfigException {
        Path file = Files.writeString(folder.resolve("my config.properties"), "DASHBOARD_PORT=1234\nLOG_LEVEL=WARN\n");

        DashboardConfig config = DashboardConfig.load(Map.of("CONFIG_FILE", file.toString(), "DASHBOARD_PORT", "4321"));

        assertEquals(4321, config.port());
        assertEquals("WARN", config.logLevel());
    }

    @Test
    void aMissingFileIsAProblem() {
        ConfigException problem =
                assertThrows(ConfigException.class, () -> DashboardConfig.load(Map.of("CONFIG_FILE", "/no/such/file")));

        assertTrue(problem.problems().get(0).startsWith("CONFIG_FILE is '/no/such/file'"), problem::getMessage);
    }

    @Test
    void describeListsEverySettingInItsOrder() throws ConfigException {
        List<String> names = DashboardConfig.load(Map.of())
                .describe()
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertEquals(List.of(Setting.values()).stream().map(Setting::name).toList(), names);
    }
}
