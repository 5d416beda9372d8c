package io.millrace.producer;

import java.util.List;

/** The configuration cannot work. */
public final class ConfigException extends ProducerException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // The lists given are serializable ones.
    private final List<String> problems;

    /** @param problems one line each: what is wrong, its value, what is allowed */
    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, not only the first. */
    public List<String> problems() {
        return problems;
    }
}
