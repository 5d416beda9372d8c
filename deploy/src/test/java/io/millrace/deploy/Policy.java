package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;

/** The actions that one of Terraform's policy templates allows. */
final class Policy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Policy() {}

    static Set<String> actions(String template) throws IOException {
        String text = Files.readString(Repository.TERRAFORM.resolve("modules").resolve(template));
        JsonNode policy = JSON.readTree(text.replaceAll("\\$\\{[a-z_]+\\}", "\"arn\""));
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : policy.path("Statement")) {
            JsonNode action = statement.path("Action");
            if (action.isTextual()) {
                actions.add(action.asText());
            }
            action.forEach(each -> actions.add(each.asText()));
        }
        return actions;
    }
}
