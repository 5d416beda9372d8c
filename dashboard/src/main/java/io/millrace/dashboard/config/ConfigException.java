package io.millrace.dashboard.config;

import java.util.List;

/** The configuration cannot be used. Carries every problem found, each one line that names setting, value and remedy. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
