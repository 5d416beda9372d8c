package io.millrace.settings;

import java.util.List;

/** The settings cannot be used. Carries every problem, one line each, for people. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, not only the first. */
    public List<String> problems() {
        return problems;
    }
}
