package io.millrace.benchmarks.api;

import java.util.List;
import java.util.Map;

/**
 * One measurement, made of every contender in turn: the runner interleaves them. Used by one thread.
 *
 * <p>A contender runs in a process of its own, whose start is part of {@link #measure}.
 */
public interface Benchmark extends AutoCloseable {

    String name();

    /** What is measured of each contender, such as the events' origin; the first gives the benchmark's own ratio. */
    default List<String> cases() {
        return List.of("");
    }

    /** Ours first. */
    List<String> contenders();

    /** Whether the contender can do what the case asks; ours can. */
    default boolean takesPart(String contender, String caseName) {
        return true;
    }

    /** What contenders are compared by; nothing where ours is alone. */
    default List<Comparison> comparisons() {
        return List.of();
    }

    /** Which of ours a contender is compared with, where there are several; itself where it is ours. */
    default String ours(String contender) {
        return contenders().get(0);
    }

    /** The options of each process's JVM. */
    Map<String, List<String>> jvms();

    /** Rounds before those that count. */
    default int warmUpRounds() {
        return 1;
    }

    /** Measures one contender once. Whoever calls may do so any number of times, in any order. */
    Sample measure(String caseName, String contender) throws Exception;

    @Override
    default void close() {}
}
