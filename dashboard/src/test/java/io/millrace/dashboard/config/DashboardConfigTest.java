package io.millrace.dashboard.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class DashboardConfigTest {

    @Test
    void defaults() {
        DashboardConfig config = DashboardConfig.load(Map.of());

        assertEquals("127.0.0.1", config.host());
        assertEquals(8010, config.port());
        assertEquals(Optional.empty(), config.awsEndpoint());
        assertEquals(Region.US_EAST_1, config.region());
        assertEquals(LogLevel.INFO, config.logLevel());
        assertEquals(LogFormat.TEXT, config.logFormat());
    }

    @Test
    void everySettingIsRead() {
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
        assertEquals(LogLevel.DEBUG, config.logLevel());
        assertEquals(LogFormat.JSON, config.logFormat());
    }

    @Test
    void allProblemsAreListedWithNameValueAndWhatIsAllowed() {
        SettingsException problem = assertThrows(
                SettingsException.class,
                () -> DashboardConfig.load(
                        Map.of("DASHBOARD_PORT", "99999", "AWS_ENDPOINT_URL", "localhost:4566", "LOG_FORMAT", "xml")));

        assertEquals(
                List.of(
                        "DASHBOARD_PORT=99999 is not allowed; allowed: a whole number from 0 to 65535",
                        "AWS_ENDPOINT_URL=localhost:4566 is not allowed; allowed: an http:// or https:// URL without a"
                                + " password",
                        "LOG_FORMAT=xml is not allowed; allowed: text, json"),
                problem.problems());
    }

    @Test
    void environmentWinsOverFileAndFileOverDefault(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my config.properties"), "DASHBOARD_PORT=1234\nLOG_LEVEL=WARN\n");

        DashboardConfig config = DashboardConfig.load(Map.of("CONFIG_FILE", file.toString(), "DASHBOARD_PORT", "4321"));

        assertEquals(4321, config.port());
        assertEquals(LogLevel.WARN, config.logLevel());
    }

    @Test
    void aMissingFileIsAProblem() {
        SettingsException problem = assertThrows(
                SettingsException.class, () -> DashboardConfig.load(Map.of("CONFIG_FILE", "/no/such/file")));

        assertTrue(
                problem.problems().get(0).startsWith("CONFIG_FILE=/no/such/file is not allowed"), problem::getMessage);
    }

    @Test
    void awsRegionWinsOverItsOlderName() {
        assertEquals(
                Region.EU_WEST_1,
                DashboardConfig.load(Map.of("AWS_DEFAULT_REGION", "eu-west-2", "AWS_REGION", "eu-west-1"))
                        .region());
    }

    @Test
    void anUnknownNameInTheFileIsRefusedAndAByteOrderMarkIsNot(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("all.properties"), "\uFEFFDASHBOARD_PORT=1234\nFLUSH_INTERVAL=5s\nDASHBORD_HOST=::1\n");
        SettingReader settings = new SettingReader(Map.of("CONFIG_FILE", file.toString()), DashboardSettings.ALL);
        assertEquals(1234, DashboardConfig.read(settings).port());
        assertEquals(
                List.of(file + ": DASHBORD_HOST is not a setting of Millrace; did you mean DASHBOARD_HOST?"),
                settings.problems());
    }

    @Test
    void whatWouldOpenItToEveryoneIsRefused() {
        for (Map<String, String> open : List.of(
                Map.of("DASHBOARD_HOST", "0.0.0.0"),
                Map.of("DASHBOARD_AUTH", "basic"),
                Map.of("DASHBOARD_AUTH", "basic", "DASHBOARD_PASSWORD", "short"),
                Map.of("DASHBOARD_TRUSTED_PROXIES", "localhost"))) {
            SettingsException problem =
                    assertThrows(SettingsException.class, () -> DashboardConfig.load(open), open::toString);
            assertEquals(1, problem.problems().size(), problem::getMessage);
            assertTrue(!problem.getMessage().contains("short"), problem::getMessage);
        }
        assertEquals(
                new Authentication.Basic("millrace", "long enough"),
                DashboardConfig.load(Map.of(
                                "DASHBOARD_HOST", "0.0.0.0",
                                "DASHBOARD_AUTH", "Basic",
                                "DASHBOARD_PASSWORD", "long enough"))
                        .authentication());
    }

    @Test
    void durationsHaveUnitsAndSecondsWithoutOne() {
        AlertLimits alerts = DashboardConfig.load(
                        Map.of("ALERT_FRESHNESS", "5m", "ALERT_STUCK", "90", "ALERT_SMALL_FILE_BYTES", "64K"))
                .alerts();
        assertEquals(Duration.ofMinutes(5), alerts.freshness());
        assertEquals(Duration.ofSeconds(90), alerts.stuck());
        assertEquals(64 << 10, alerts.smallFileBytes());
    }

    @Test
    void whatIsInForceIsListedInTheOrderOfTheReferenceWithoutSecrets() {
        SettingReader settings = new SettingReader(
                Map.of("DASHBOARD_PASSWORD", "long enough", "ALERT_WEBHOOK_URL", "https://hooks.example/T0/key"),
                DashboardSettings.ALL);
        DashboardConfig.read(settings);
        assertEquals(
                DashboardSettings.ALL.stream().map(Setting::name).toList(),
                List.copyOf(settings.effective().keySet()));
        assertEquals("***", settings.effective().get("DASHBOARD_PASSWORD"));
        assertEquals("***", settings.effective().get("ALERT_WEBHOOK_URL"));
    }
}
