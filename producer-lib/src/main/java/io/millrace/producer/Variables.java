package io.millrace.producer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Where settings come from: environment variables, over the properties file that {@code CONFIG_FILE} names. */
public final class Variables {

    private Variables() {}

    /**
     * The environment with what the file adds.
     *
     * @throws ConfigException where the file cannot be read
     */
    public static Map<String, String> of(Map<String, String> environment) {
        String file = environment.getOrDefault("CONFIG_FILE", "");
        if (file.isBlank()) {
            return environment;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    List.of("CONFIG_FILE=" + file + ": allowed is a properties file that can be read: " + e));
        }
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        all.putAll(environment);
        return all;
    }
}
