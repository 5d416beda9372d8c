package io.millrace.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads settings from the environment, over the properties file that CONFIG_FILE names, over defaults. Every problem is
 * kept, so that a user sees all of them at once. An empty variable counts as unset, as docker-compose passes them.
 *
 * <p>Not thread-safe: one start reads it once.
 */
public final class SettingReader {

    /** The variable that names the properties file. */
    public static final Setting<Path> CONFIG_FILE = Settings.of(
            "CONFIG_FILE",
            "A properties file with any of these settings under the same names; the environment wins over it.",
            "the path of a readable properties file",
            Path::of);

    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Collection<Setting<?>> known;
    private final Map<String, String> effective = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param environment the process's environment
     * @param known all settings, to refuse names in the file that mean nothing
     */
    public SettingReader(Map<String, String> environment, Collection<Setting<?>> known) {
        this.environment = environment;
        this.known = known;
        this.file = Optional.ofNullable(environment.get(CONFIG_FILE.name()))
                .filter(path -> !path.isBlank())
                .map(this::load)
                .orElse(Map.of());
        List<String> names = known.stream().map(Setting::name).toList();
        file.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add(name + " in " + environment.get(CONFIG_FILE.name())
                        + " is no setting of this program: remove it, or see --help for the names"));
    }

    /** The setting's value, or its default; empty where neither is given or the value is not allowed. */
    public <T> Optional<T> find(Setting<T> setting) {
        String text = given(setting).orElse(setting.defaultText());
        effective.put(setting.name(), text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(setting.parser().apply(text));
        } catch (RuntimeException e) {
            problem(setting, text);
            return Optional.empty();
        }
    }

    /** The setting's value; after a problem, its default, so that reading goes on and finds the other problems. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseGet(() -> setting.parser().apply(setting.defaultText()));
    }

    /** Whether the setting is given, rather than left to its default. */
    public boolean isGiven(Setting<?> setting) {
        return given(setting).isPresent();
    }

    /** Notes a problem that no setting's own parser can see. */
    public void problem(String line) {
        problems.add(line);
    }

    /** Every problem so far, one line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What was read, in the reference's order. */
    public Map<String, String> effective() {
        Map<String, String> ordered = new LinkedHashMap<>();
        known.forEach(setting -> ordered.put(setting.name(), effective.getOrDefault(setting.name(), "")));
        ordered.put(CONFIG_FILE.name(), environment.getOrDefault(CONFIG_FILE.name(), ""));
        return ordered;
    }

    /** Replaces what is shown for a setting whose default depends on other things. */
    public void show(Setting<?> setting, String value) {
        effective.put(setting.name(), value);
    }

    private Optional<String> given(Setting<?> setting) {
        return Optional.ofNullable(environment.get(setting.name()))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .or(() -> Optional.ofNullable(file.get(setting.name())).map(String::strip))
                .filter(text -> !text.isEmpty());
    }

    private void problem(Setting<?> setting, String text) {
        problems.add(setting.name() + "=" + text + " is not allowed; allowed: " + setting.allowed());
    }

    private Map<String, String> load(String path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problem(CONFIG_FILE, path);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
