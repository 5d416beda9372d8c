package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Kubernetes' own schema, as the official client's generated models check it: an unknown field, a missing one and a wrong
 * type are errors, at any depth.
 */
final class KubernetesSchema {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private KubernetesSchema() {}

    /** @throws IllegalArgumentException naming the field */
    static void check(JsonNode object) {
        JsonElement json = JsonParser.parseString(object.toString());
        try {
            MethodHandle check = MethodHandles.publicLookup()
                    .findStatic(
                            Class.forName(MODELS + model(object)),
                            "validateJsonElement",
                            MethodType.methodType(void.class, JsonElement.class));
            check.invoke(json);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("no schema for " + model(object), e);
        }
    }

    /** For example V1StatefulSet, V2HorizontalPodAutoscaler. */
    private static String model(JsonNode object) {
        String version = object.at("/apiVersion").asText();
        version = version.substring(version.indexOf('/') + 1);
        return Character.toUpperCase(version.charAt(0)) + version.substring(1) + Manifests.kind(object);
    }
}
