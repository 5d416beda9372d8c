package io.millrace.lake.testing;

import java.util.List;
import java.util.Optional;

/**
 * An event and what all readers must find in one field of it, told to look under {@code path}. Of duplicate names the last
 * counts.
 *
 * @param path a name, or a dotted path
 * @param value empty where the event has no such field, or null, an object or an array there
 */
public record FieldSpelling(String event, String path, Optional<String> value) {

    /** Fields at the top level, under one name. */
    public static List<FieldSpelling> topLevel() {
        return List.of(
                of("{\"service\":\"a\"}", "service", "a"),
                of("{\"service\":\"a\",\"service\":\"b\"}", "service", "b"),
                of("{\"service\":\"a\",\"x\":{\"service\":\"c\"},\"service\":\"b\"}", "service", "b"),
                of("{\"service\":\"a\",\"x\":{\"service\":\"c\"}}", "service", "a"),
                of("{\"x\":[{\"service\":\"c\"}],\"service\":\"a\"}", "service", "a"),
                none("{\"x\":[{\"service\":\"c\"}]}", "service"),
                none("{\"service\":\"a\",\"service\":null}", "service"),
                of("{\"service\":null,\"service\":\"a\"}", "service", "a"),
                none("{\"service\":\"a\",\"service\":{\"service\":\"b\"}}", "service"),
                none("{\"service\":\"a\",\"service\":[\"b\"]}", "service"),
                of("{\"service\":[\"a\"],\"service\":\"b\"}", "service", "b"),
                of("{\"s\\u0065rvice\":\"a\"}", "service", "a"),
                of("{\"service\":\"a\",\"s\\u0065rvice\":\"b\"}", "service", "b"),
                of("{\"service\":\"caf\\u00e9 \\\"x\\\" \\\\ \\/ \\n\"}", "service", "café \"x\" \\ / \n"),
                of("{\"service\":\"日本 😀\"}", "service", "日本 😀"),
                of("{\"service\":\"\\ud83d\\ude00\"}", "service", "😀"),
                of("{\"service\":7}", "service", "7"),
                of("{\"service\":1.50}", "service", "1.50"),
                of("{\"service\":true}", "service", "true"),
                of(" {\n \"service\" :\t\"a\" }", "service", "a"),
                of("{\"Service\":\"b\",\"service\":\"a\"}", "service", "a"),
                none("{\"SERVICE\":\"b\"}", "service"),
                none("{}", "service"),
                of("{\"message\":\"\\\"service\\\":\\\"x\\\"\",\"service\":\"a\"}", "service", "a"),
                of("{\"app\":\"a\",\"service\":\"b\"}", "app", "a"),
                of("{\"\":\"a\"}", "", "a"));
    }

    /** Fields that a dotted path leads to. */
    public static List<FieldSpelling> nested() {
        return List.of(
                of("{\"k8s\":{\"app\":\"a\"},\"app\":\"b\"}", "k8s.app", "a"),
                of("{\"k8s.app\":\"a\"}", "k8s.app", "a"),
                of("{\"k8s\":{\"app\":\"a\"},\"k8s\":{\"app\":\"b\"}}", "k8s.app", "b"),
                of("{\"k8s\":{\"app\":\"a\"},\"k8s.app\":\"b\"}", "k8s.app", "b"),
                of("{\"k8s\":{\"app\":\"a\",\"app\":\"b\"}}", "k8s.app", "b"),
                of("{\"resource\":{\"service.name\":\"a\"}}", "resource.service.name", "a"),
                of("{\"resource\":{\"service\":{\"name\":\"a\"}}}", "resource.service.name", "a"),
                none("{\"resource\":[{\"service.name\":\"a\"}]}", "resource.service.name"),
                none("{\"k8s\":\"app\"}", "k8s.app"));
    }

    private static FieldSpelling of(String event, String path, String value) {
        return new FieldSpelling(event, path, Optional.of(value));
    }

    private static FieldSpelling none(String event, String path) {
        return new FieldSpelling(event, path, Optional.empty());
    }
}
