package io.millrace.localaws;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The texts that were set, before anyone looks at what they mean: options over variables over CONFIG_FILE. */
record Options(Map<Setting, String> texts, List<String> problems) {

    static Options of(List<String> arguments, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Properties file = file(environment.get("CONFIG_FILE"), problems);
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String fallback = file.getProperty(setting.variable(), setting.defaultText());
            texts.put(
                    setting,
                    environment.getOrDefault(setting.variable(), fallback).strip());
        }
        readArguments(arguments, texts, problems);
        return new Options(texts, problems);
    }

    private static void readArguments(List<String> arguments, Map<Setting, String> texts, List<String> problems) {
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            Setting setting = byOption(parts[0]);
            if (setting == null) {
                problems.add(parts[0] + " is no option: --help lists them");
            } else if (parts.length == 2) {
                texts.put(setting, parts[1]);
            } else if (setting.isSwitch()) {
                texts.put(setting, "true");
            } else if (i + 1 < arguments.size()) {
                texts.put(setting, arguments.get(++i));
            } else {
                problems.add(parts[0] + " lacks its value");
            }
        }
    }

    private static Setting byOption(String option) {
        for (Setting setting : Setting.values()) {
            if (setting.option().equals(option)) {
                return setting;
            }
        }
        return null;
    }

    private static Properties file(String name, List<String> problems) {
        Properties properties = new Properties();
        if (name != null && !name.isBlank()) {
            try (Reader reader = Files.newBufferedReader(Path.of(name))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("CONFIG_FILE=" + name + ": cannot be read (" + e + ")");
            }
        }
        return properties;
    }

    /** {@code VARIABLE=value} lines, as {@code --check-config} prints them. */
    String listing() {
        StringBuilder listing = new StringBuilder();
        texts.forEach((setting, text) ->
                listing.append(setting.variable()).append('=').append(text).append('\n'));
        return listing.toString();
    }
}
