package io.millrace.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Compose files give the processes every setting that the documentation lists, and none that they do not know. */
class ComposeTest {

    private static final List<String> FILES =
            List.of("docker-compose.yml", "docker-compose.standalone.yml", "docker-compose.aws.yml");

    /** The AWS SDK's own and Java's, which no process lists. */
    private static final Set<String> KNOWN_TO_ALL =
            Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "JDK_JAVA_OPTIONS");

    /**
     * Where a container listens is fixed, with the port that is published; a file of settings would have to be mounted.
     */
    private static final Set<String> FIXED_IN_THE_IMAGE = Set.of(
            "CONFIG_FILE",
            "STATUS_HOST",
            "STATUS_PORT",
            "DASHBOARD_HOST",
            "DASHBOARD_PORT",
            "INGEST_HOST",
            "INGEST_PORT",
            "AWS_REGION");

    @ParameterizedTest
    @CsvSource({
        "kinesis-consumer, consumer-settings",
        "stage01-dashboard, dashboard-settings",
        "ingestion-interface, ingest-settings producer-settings"
    })
    void everySettingIsPassedAndNoOther(String service, String tables) throws IOException {
        Set<String> settings = new TreeSet<>();
        for (String table : tables.split(" ")) {
            settings.addAll(Settings.of(table));
        }
        Set<String> wanted = new TreeSet<>(settings);
        wanted.removeAll(FIXED_IN_THE_IMAGE);
        Set<String> given = environment("docker-compose.yml", service);
        given.removeAll(KNOWN_TO_ALL);
        assertEquals(wanted, given);

        for (String file : FILES) {
            Set<String> unknown = environment(file, service);
            unknown.removeAll(settings);
            unknown.removeAll(KNOWN_TO_ALL);
            assertEquals(Set.of(), unknown, file + " gives the " + service + " what it does not know");
        }
    }

    @Test
    void whatTheLocalStackIsGivenIsKnownThere() throws IOException {
        String script = Files.readString(Repository.ROOT.resolve("localstack-init/01-setup-resources.sh"));
        Set<String> unknown = environment("docker-compose.standalone.yml", "localstack");
        assertTrue(unknown.size() > 5, unknown.toString());
        // LocalStack's own.
        unknown.removeAll(Set.of("SERVICES", "PERSISTENCE"));
        unknown.removeIf(
                name -> Pattern.compile("\\b" + name + "\\b").matcher(script).find());
        unknown.removeAll(Settings.of("local-aws-settings"));
        assertEquals(Set.of(), unknown);
    }

    /** A shell may hold the keys of a real account: only the file that says AWS in its name takes them. */
    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "docker-compose.standalone.yml"})
    void localModesTakeNoKeysOfTheShell(String file) throws IOException {
        String text = Files.readString(Repository.ROOT.resolve(file));
        assertFalse(Pattern.compile("\\$\\{AWS_").matcher(text).find(), file);
        for (String service : services(file).keySet()) {
            map(services(file).get(service), "environment").forEach((name, value) -> {
                if (name.toString().startsWith("AWS_")) {
                    assertTrue(value != null, file + " takes " + name + " for the " + service + " from the shell");
                }
            });
        }
    }

    /** Both name the images that a build starts from, since Compose 1.29 cannot leave a build argument out. */
    @Test
    void theDockerfileAndComposeBuildOnTheSameImages() throws IOException {
        assertEquals(
                defaults("Dockerfile", "(?m)^ARG (BASE_IMAGE|MAVEN_IMAGE|JARS)=(.*)$"),
                defaults("docker-compose.yml", "(?m)^ +(BASE_IMAGE|MAVEN_IMAGE|JARS): \\$\\{[A-Z_]+:-(.*)\\}$"));
    }

    /** Where start.sh leaves the dashboard's password, prometheus.yml looks for it, and the container can write. */
    @Test
    void prometheusFindsTheDashboardsPassword() throws IOException {
        String start = Files.readString(Repository.ROOT.resolve("deploy/monitoring/prometheus/start.sh"));
        String settings = Files.readString(Repository.ROOT.resolve("deploy/monitoring/prometheus/prometheus.yml"));
        Set<String> looked = Pattern.compile("(?:username|password)_file: (\\S+)")
                .matcher(settings)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        assertEquals(2, looked.size());
        looked.forEach(file -> assertTrue(start.contains(">" + file + "\n"), file));
        String mounted =
                services("docker-compose.yml").get("prometheus").get("tmpfs").toString();
        looked.forEach(file -> assertTrue(mounted.contains(file.substring(0, file.lastIndexOf('/')) + ":"), file));
        assertTrue(environment("docker-compose.yml", "prometheus")
                .containsAll(Set.of("DASHBOARD_USER", "DASHBOARD_PASSWORD")));
    }

    /** Users' guides and scripts name the containers in {@code docker logs}. */
    @Test
    void containersAreCalledAsInTheGuides() throws IOException {
        Map<String, String> names = new TreeMap<>();
        services("docker-compose.yml").forEach((service, what) -> {
            if (what.get("container_name") != null) {
                names.put(service.toString(), what.get("container_name").toString());
            }
        });
        names.put(
                "localstack",
                String.valueOf(services("docker-compose.standalone.yml")
                        .get("localstack")
                        .get("container_name")));
        assertEquals(
                Map.of(
                        "kinesis-consumer", "kinesis-consumer",
                        "stage01-dashboard", "stage01-dashboard",
                        "ingestion-interface", "ingestion-interface",
                        "localstack", "localstack-anomaly"),
                names);
    }

    /** The standalone file is the other one and a LocalStack. */
    @Test
    void theStandaloneFileHasEveryService() throws IOException {
        Set<String> services = new TreeSet<>(services("docker-compose.yml").keySet());
        services.add("localstack");
        assertEquals(
                services,
                new TreeSet<>(services("docker-compose.standalone.yml").keySet()));
    }

    private static Map<String, String> defaults(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Repository.ROOT.resolve(file)))
                .results()
                .collect(Collectors.toMap((MatchResult found) -> found.group(1), found -> found.group(2)));
    }

    private static Set<String> environment(String file, String service) throws IOException {
        return map(services(file).get(service), "environment").keySet().stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Map<?, ?>> services(String file) throws IOException {
        Map<?, ?> compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Repository.ROOT.resolve(file)));
        return map(compose, "services").entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> (Map<?, ?>) entry.getValue()));
    }

    private static Map<?, ?> map(Map<?, ?> holder, String key) {
        return holder.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
