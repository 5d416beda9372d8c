package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Kubernetes' objects, as they lie in a file or as kustomize builds them. */
final class Manifests {

    private static final ObjectReader YAML = new YAMLMapper(new YAMLFactory()).reader();

    private Manifests() {}

    static List<JsonNode> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** What {@code kubectl kustomize} makes of a folder. */
    static List<JsonNode> build(Path folder) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("kustomize", ".err");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(errors.toFile())
                .start();
        try (InputStream in = kubectl.getInputStream()) {
            List<JsonNode> objects = read(in);
            if (!kubectl.waitFor(30, TimeUnit.SECONDS) || kubectl.exitValue() != 0) {
                throw new IllegalStateException("kustomize " + folder + ": " + Files.readString(errors));
            }
            return objects;
        } finally {
            kubectl.destroyForcibly();
            Files.delete(errors);
        }
    }

    static boolean canBuild() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private static List<JsonNode> read(InputStream in) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.forType(JsonNode.class).readValues(in)) {
            return new ArrayList<>(documents.readAll());
        }
    }

    static String kind(JsonNode object) {
        return object.at("/kind").asText();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static boolean hasPods(JsonNode object) {
        return !podSpec(object).isMissingNode();
    }

    static JsonNode podSpec(JsonNode object) {
        return object.at("/spec/template/spec");
    }

    static Stream<JsonNode> containers(JsonNode object) {
        return elements(podSpec(object).path("containers"));
    }
}
