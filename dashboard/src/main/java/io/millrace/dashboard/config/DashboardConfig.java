package io.millrace.dashboard.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * The dashboard's checked configuration. {@link Setting} describes each value.
 *
 * @param port 0 for any free port
 * @param awsEndpoint empty for AWS itself
 * @param effective every setting as text, for people
 */
public record DashboardConfig(
        String host,
        int port,
        Optional<URI> awsEndpoint,
        Region region,
        String logLevel,
        String logFormat,
        Map<Setting, String> effective) {

    /**
     * Reads and checks everything.
     *
     * @throws ConfigException with all problems, not only the first
     */
    public static DashboardConfig load(Map<String, String> environment) throws ConfigException {
        SettingReader reader = new SettingReader(environment);
        String host = reader.text(Setting.DASHBOARD_HOST);
        int port = reader.integer(Setting.DASHBOARD_PORT, 0, 65_535);
        Optional<URI> endpoint = reader.url(Setting.AWS_ENDPOINT_URL);
        String region = reader.text(Setting.AWS_DEFAULT_REGION, "AWS_REGION");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            reader.problem(Setting.AWS_DEFAULT_REGION, region);
            region = Setting.AWS_DEFAULT_REGION.defaultValue();
        }
        String logLevel = reader.choice(Setting.LOG_LEVEL, "TRACE", "DEBUG", "INFO", "WARN", "ERROR");
        String logFormat = reader.choice(Setting.LOG_FORMAT, "text", "json");

        List<String> problems = new ArrayList<>(reader.problems());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new DashboardConfig(host, port, endpoint, Region.of(region), logLevel, logFormat, reader.effective());
    }

    /** One {@code NAME=value} a line, in the order of {@link Setting}. */
    public String describe() {
        return effective.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
