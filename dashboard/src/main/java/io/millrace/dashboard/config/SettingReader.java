package io.millrace.dashboard.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Reads settings from the environment, then from the file that CONFIG_FILE names, then from the defaults, and collects
 * every problem instead of stopping at the first. Not safe for use by several threads.
 */
final class SettingReader {

    private final Map<String, String> environment;
    private final Properties file = new Properties();
    private final List<String> problems = new ArrayList<>();
    private final Map<Setting, String> effective = new EnumMap<>(Setting.class);

    SettingReader(Map<String, String> environment) {
        this.environment = environment;
        String path = environment.getOrDefault(Setting.CONFIG_FILE.name(), "");
        if (!path.isEmpty()) {
            try (Reader reader = Files.newBufferedReader(Path.of(path))) {
                file.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problem(Setting.CONFIG_FILE, path, e.toString());
            }
        }
        effective.put(Setting.CONFIG_FILE, path);
    }

    /** The setting's text, trimmed; the default where nothing is set or what is set is blank. */
    String text(Setting setting, String... otherNames) {
        String value = lookup(setting.name());
        for (int i = 0; i < otherNames.length && value.isEmpty(); i++) {
            value = lookup(otherNames[i]);
        }
        if (value.isEmpty()) {
            value = setting.defaultValue();
        }
        effective.put(setting, value);
        return value;
    }

    int integer(Setting setting, int min, int max) {
        String text = text(setting);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range is.
        }
        problem(setting, text);
        return Integer.parseInt(setting.defaultValue());
    }

    String choice(Setting setting, String... choices) {
        String text = text(setting);
        for (String choice : choices) {
            if (choice.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        problem(setting, text);
        return setting.defaultValue();
    }

    /** The text where all of it fits the pattern. */
    String matching(Setting setting, String regex, String... otherNames) {
        String text = text(setting, otherNames);
        if (text.matches(regex)) {
            return text;
        }
        problem(setting, text);
        return setting.defaultValue();
    }

    /** What stands between commas, trimmed, without empty parts. */
    List<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    List<URI> urls(Setting setting) {
        if (text(setting).equals("none")) {
            return List.of();
        }
        return list(setting).stream()
                .flatMap(text -> url(setting, text).stream())
                .toList();
    }

    Optional<URI> url(Setting setting) {
        String text = text(setting);
        return text.isEmpty() ? Optional.empty() : url(setting, text);
    }

    private Optional<URI> url(Setting setting, String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Reported below, as a URL of another scheme is.
        }
        problem(setting, text);
        return Optional.empty();
    }

    /** A problem in its own words. */
    void problem(String line) {
        problems.add(line);
    }

    void problem(Setting setting, String value) {
        problems.add(setting + " is '" + value + "' but must be " + setting.allowed());
    }

    private void problem(Setting setting, String value, String cause) {
        problems.add(setting + " is '" + value + "' but must be " + setting.allowed() + " (" + cause + ")");
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    Map<Setting, String> effective() {
        return new EnumMap<>(effective);
    }

    private String lookup(String name) {
        String value = environment.getOrDefault(name, "").trim();
        return value.isEmpty() ? file.getProperty(name, "").trim() : value;
    }
}
