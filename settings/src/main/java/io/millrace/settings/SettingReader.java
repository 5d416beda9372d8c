package io.millrace.settings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads settings: options of the command line over the environment, over the properties file that CONFIG_FILE names,
 * over defaults. Every problem is kept, so that a user sees all of them at once. An empty variable counts as unset,
 * because docker-compose passes variables so; an empty option means the default.
 *
 * <p>Not thread-safe: one start reads it once.
 */
public final class SettingReader {

    private static final String HIDDEN = "***";

    private final Collection<Setting<?>> known;
    private final Map<String, String> options;
    private final List<String> words;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Map<String, String> effective = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads a process without options.
     *
     * @param environment the environment of the process
     * @param known all settings of the process
     */
    public SettingReader(Map<String, String> environment, Collection<Setting<?>> known) {
        this(List.of(), environment, known);
    }

    /** @param arguments of the command line */
    public SettingReader(List<String> arguments, Map<String, String> environment, Collection<Setting<?>> known) {
        this.known = List.copyOf(known);
        CommandLine line = CommandLine.parse(arguments, known);
        this.options = line.texts();
        this.words = line.words();
        this.environment = environment;
        this.problems.addAll(line.problems());
        String path =
                environment.getOrDefault(SharedSettings.CONFIG_FILE.name(), "").strip();
        effective.put(SharedSettings.CONFIG_FILE.name(), path);
        this.file = path.isEmpty() ? Map.of() : load(path);
    }

    /** The value of the setting, or of its default; empty when there is neither, or the value is not allowed. */
    public <T> Optional<T> find(Setting<T> setting) {
        Optional<Given> given = given(setting);
        String text = given.map(Given::text).orElse(setting.defaultText());
        effective.put(setting.name(), shown(setting, text));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(setting.parser().apply(text));
        } catch (RuntimeException e) {
            problems.add(given.map(Given::name).orElse(setting.name()) + "=" + shown(setting, text)
                    + given.map(Given::where).orElse("") + " is not allowed; allowed: " + setting.allowed());
            return Optional.empty();
        }
    }

    /** The value of the setting; after a problem its default, so that reading goes on and finds the other problems. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseGet(() -> setting.parser().apply(setting.defaultText()));
    }

    /** Whether the setting is given, rather than left to its default. */
    public boolean isGiven(Setting<?> setting) {
        return given(setting).isPresent();
    }

    /** The arguments that are not options. More than {@code most} of them are a problem. */
    public List<String> words(int most) {
        words.stream().skip(most).forEach(word -> problems.add("'" + word + "' is not expected; see --help"));
        return words;
    }

    /** Notes a problem that no parser of a single setting can see. */
    public void problem(String line) {
        problems.add(line);
    }

    /** Every problem so far, one line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** @throws SettingsException with every problem, when there is one */
    public void requireNoProblem() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** What holds, by name, in the order of the reference; secrets are hidden. */
    public Map<String, String> effective() {
        Map<String, String> ordered = new LinkedHashMap<>();
        known.forEach(setting -> ordered.put(setting.name(), effective.getOrDefault(setting.name(), "")));
        return ordered;
    }

    /** For {@code --check-config}: prints what holds and every problem; whether there is none. */
    public boolean check(PrintStream out, PrintStream err) {
        effective().forEach((name, value) -> out.println(name + "=" + value));
        problems.forEach(err::println);
        return problems.isEmpty();
    }

    /** Replaces what is shown for a setting whose default depends on other things. */
    public void show(Setting<?> setting, String value) {
        effective.put(setting.name(), shown(setting, value));
    }

    /** A text that was given, under which name, and where when that is not plain. */
    private record Given(String name, String text, String where) {}

    private Optional<Given> given(Setting<?> setting) {
        List<String> given =
                setting.names().stream().filter(options::containsKey).toList();
        if (!given.isEmpty()) {
            return from(options, given, "");
        }
        return from(environment, setting.names(), "")
                .or(() -> from(file, setting.names(), " in " + effective.get(SharedSettings.CONFIG_FILE.name())));
    }

    private static Optional<Given> from(Map<String, String> texts, List<String> names, String where) {
        return names.stream()
                .map(name -> new Given(name, texts.getOrDefault(name, "").strip(), where))
                .filter(given -> !given.text().isEmpty())
                .findFirst();
    }

    /** A password in a URL is a secret, whatever the setting. */
    private static String shown(Setting<?> setting, String text) {
        return setting.secret() && !text.isEmpty() ? HIDDEN : text.replaceAll("//[^/\\s]*@", "//" + HIDDEN + "@");
    }

    private Map<String, String> load(String path) {
        Set<String> own = known.stream()
                .flatMap(setting -> setting.names().stream())
                .filter(name -> !Setting.isOption(name))
                .collect(Collectors.toSet());
        try {
            Map<String, String> texts = ConfigFile.read(Path.of(path));
            texts.keySet().stream()
                    .map(name -> ConfigFile.refusal(name, own))
                    .filter(refusal -> !refusal.isEmpty())
                    .forEach(refusal -> problems.add(path + ": " + refusal));
            return texts;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(SharedSettings.CONFIG_FILE.name() + "=" + path + " is not allowed; allowed: "
                    + SharedSettings.CONFIG_FILE.allowed() + " (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                    + ")");
            return Map.of();
        }
    }
}
