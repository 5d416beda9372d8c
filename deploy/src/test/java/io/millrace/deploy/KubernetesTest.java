package io.millrace.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesTest {

    static Stream<Path> manifests() throws IOException {
        return Repository.files(Repository.KUBERNETES, ".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestFitsKubernetesSchema(Path file) throws IOException {
        List<JsonNode> objects = Manifests.read(file);
        assertTrue(!objects.isEmpty(), file + " is empty");
        objects.forEach(KubernetesSchema::check);
        objects.forEach(KubernetesTest::isRestricted);
    }

    @Test
    void theSchemaFindsAWrongField() throws IOException {
        JsonNode set = Manifests.read(Repository.KUBERNETES.resolve("base/consumer.yaml"))
                .get(0);
        ((ObjectNode) Manifests.podSpec(set)).put("terminationGracePeriodSecond", 90);
        assertThrows(IllegalArgumentException.class, () -> KubernetesSchema.check(set));
    }

    /** Every resource that a kustomization names is there, so that kustomize has something to build. */
    @Test
    void everyKustomizationsResourcesAreThere() throws IOException {
        for (Path file : Repository.files(Repository.KUBERNETES, "kustomization.yaml")) {
            Manifests.elements(Manifests.read(file).get(0).path("resources")).forEach(resource -> {
                Path path = file.resolveSibling(resource.asText()).normalize();
                assertTrue(
                        path.toFile().isFile()
                                || path.resolve("kustomization.yaml").toFile().isFile(),
                        file + " names " + resource);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/local", "overlays/prod"})
    void whatKustomizeBuildsHoldsTogether(String folder) throws Exception {
        assumeTrue(Manifests.canBuild(), "kubectl is not on the PATH");
        List<JsonNode> objects = Manifests.build(Repository.KUBERNETES.resolve(folder));
        objects.forEach(KubernetesSchema::check);
        objects.forEach(KubernetesTest::isRestricted);
        Map<String, JsonNode> byName = new TreeMap<>();
        objects.forEach(object -> byName.put(Manifests.kind(object) + "/" + Manifests.name(object), object));
        for (JsonNode object : objects) {
            references(object)
                    .forEach(name -> assertTrue(
                            byName.containsKey(name) || name.startsWith("Secret/"),
                            Manifests.name(object) + " refers to " + name + ", which is nowhere"));
            if (Manifests.hasPods(object)) {
                assertEquals(
                        object.at("/spec/selector/matchLabels/app.kubernetes.io~1name"),
                        object.at("/spec/template/metadata/labels/app.kubernetes.io~1name"));
            }
        }
        settingsAreKnown(objects);
        JsonNode consumer = byName.get("StatefulSet/consumer");
        int shutdown = data(objects, "consumer").get("SHUTDOWN_TIMEOUT").asInt();
        assertTrue(
                Manifests.podSpec(consumer)
                                .path("terminationGracePeriodSeconds")
                                .asInt()
                        >= shutdown + 15,
                "Kubernetes kills the consumer before it has committed");
        assertEquals(
                "metadata.name",
                consumer.at("/spec/template/spec/containers/0/env/0/valueFrom/fieldRef/fieldPath")
                        .asText());
    }

    private static void settingsAreKnown(List<JsonNode> objects) throws IOException {
        Set<String> ingestion = new TreeSet<>(Settings.of("ingest-settings"));
        ingestion.addAll(Settings.of("producer-settings"));
        Map<String, Set<String>> known = Map.of(
                "consumer", Settings.of("consumer-settings"),
                "dashboard", Settings.of("dashboard-settings"),
                "ingestion-interface", ingestion);
        for (Map.Entry<String, Set<String>> process : known.entrySet()) {
            Set<String> given = new TreeSet<>();
            data(objects, process.getKey()).fieldNames().forEachRemaining(given::add);
            objects.stream()
                    .filter(object ->
                            Manifests.hasPods(object) && Manifests.name(object).equals(process.getKey()))
                    .flatMap(Manifests::containers)
                    .flatMap(container -> Manifests.elements(container.path("env")))
                    .forEach(variable -> given.add(variable.path("name").asText()));
            assertTrue(given.size() > 3, process.getKey() + " is given " + given);
            given.removeAll(process.getValue());
            assertEquals(Set.of(), given, process.getKey() + " does not know these settings");
        }
    }

    /** The generated ConfigMap; its name ends in a hash. */
    private static JsonNode data(List<JsonNode> objects, String process) {
        return objects.stream()
                .filter(object -> Manifests.kind(object).equals("ConfigMap"))
                .filter(object -> Manifests.name(object).matches(process + "-[a-z0-9]{10}"))
                .findFirst()
                .orElseThrow()
                .path("data");
    }

    private static List<String> references(JsonNode object) {
        List<String> names = new ArrayList<>();
        JsonNode target = object.at("/spec/scaleTargetRef");
        if (!target.isMissingNode()) {
            names.add(target.path("kind").asText() + "/" + target.path("name").asText());
        }
        if (Manifests.hasPods(object)) {
            JsonNode account = Manifests.podSpec(object).path("serviceAccountName");
            if (!account.isMissingNode()) {
                names.add("ServiceAccount/" + account.asText());
            }
        }
        Manifests.containers(object).forEach(container -> {
            Manifests.elements(container.path("envFrom"))
                    .forEach(from -> names.add(
                            "ConfigMap/" + from.at("/configMapRef/name").asText()));
            Manifests.elements(container.path("env"))
                    .map(variable -> variable.at("/valueFrom/secretKeyRef/name"))
                    .filter(name -> !name.isMissingNode())
                    .forEach(name -> names.add("Secret/" + name.asText()));
        });
        return names;
    }

    /** What Kubernetes' "restricted" standard asks for, and a read-only root, probes and a memory limit beside. */
    private static void isRestricted(JsonNode object) {
        if (!Manifests.hasPods(object)) {
            return;
        }
        String name = Manifests.name(object);
        assertTrue(Manifests.podSpec(object).at("/securityContext/runAsNonRoot").asBoolean(), name);
        assertEquals(
                "RuntimeDefault",
                Manifests.podSpec(object)
                        .at("/securityContext/seccompProfile/type")
                        .asText(),
                name);
        Manifests.containers(object).forEach(container -> {
            JsonNode security = container.path("securityContext");
            assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), name);
            assertTrue(
                    security.has("allowPrivilegeEscalation")
                            && !security.path("allowPrivilegeEscalation").asBoolean(),
                    name);
            assertEquals(
                    Set.of("ALL"),
                    Manifests.elements(security.at("/capabilities/drop"))
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()),
                    name);
            assertTrue(container.has("livenessProbe") && container.has("readinessProbe"), name);
            assertTrue(!container.at("/resources/limits/memory").isMissingNode(), name);
        });
    }
}
