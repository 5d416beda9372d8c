package io.millrace.producer;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Where settings come from: environment variables, over the properties file that {@code CONFIG_FILE} names. An empty
 * variable counts as unset. The file may hold other programs' settings too; of the names that begin as the producer's
 * do, unknown ones are refused.
 */
public final class Variables {

    private static final String CONFIG_FILE = "CONFIG_FILE";

    private Variables() {}

    /**
     * The environment with what the file adds.
     *
     * @throws ConfigException where the file cannot be read, or has a name that the producer does not know
     */
    public static Map<String, String> of(Map<String, String> environment) {
        String file = environment.getOrDefault(CONFIG_FILE, "").strip();
        if (file.isEmpty()) {
            return environment;
        }
        Map<String, String> all = read(file);
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                all.put(name, value);
            }
        });
        if (!environment.getOrDefault(ProducerSettings.DEFAULT_REGION, "").isBlank()) {
            // The region's first name would win over its second, but the environment wins over the file.
            all.put(ProducerSettings.REGION, environment.getOrDefault(ProducerSettings.REGION, ""));
        }
        return all;
    }

    private static Map<String, String> read(String file) {
        Properties properties = new Properties();
        try {
            String text = Files.readString(Path.of(file));
            // Some editors put a byte order mark in front.
            properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(List.of(CONFIG_FILE + "=" + file
                    + " is not allowed; allowed: the path of a readable properties file in UTF-8 (" + e + ")"));
        }
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        List<String> known =
                ProducerSettings.ALL.stream().map(ProducerSetting::name).toList();
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(texts.keySet())) {
            if ((name.startsWith("PRODUCER_") || name.startsWith("KINESIS_")) && !known.contains(name)) {
                problems.add(file + ": " + name + " is not a setting of the producer, which are " + known);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return texts;
    }
}
