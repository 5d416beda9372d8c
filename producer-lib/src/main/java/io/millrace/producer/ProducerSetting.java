package io.millrace.producer;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One environment variable of the producer.
 *
 * @param name the variable
 * @param allowed what it may hold, in words
 * @param meaning what it is for, in a sentence
 * @param read puts its text into a builder; raises {@link IllegalArgumentException} for what is not allowed
 * @param show its effective value as text
 */
public record ProducerSetting(
        String name,
        String allowed,
        String meaning,
        BiConsumer<ProducerConfigBuilder, String> read,
        Function<ProducerConfig, String> show) {

    /** What holds where the variable is absent, as text; empty for none. */
    public String defaultValue() {
        return show.apply(ProducerConfig.builder().build());
    }
}
