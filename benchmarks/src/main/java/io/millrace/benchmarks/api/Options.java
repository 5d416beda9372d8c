package io.millrace.benchmarks.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param names of the benchmarks to run
 * @param runs counted, of each contender
 * @param events of a backlog; 0: the benchmark's own number
 * @param contenders to run, ours among them; none: all
 * @param cases to run; none: all
 * @param check whether a ratio under its floor fails the run
 * @param more options that only some benchmarks have, by name
 */
public record Options(
        List<String> names,
        int runs,
        long events,
        List<String> contenders,
        List<String> cases,
        boolean check,
        Map<String, String> more) {

    /** What was asked for is not to be had; the message says what is. */
    public static final class WrongOption extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WrongOption(String message) {
            super(message);
        }
    }

    private static final int RUNS = 5;

    /** Which benchmarks take what not all do. */
    private static final Map<String, List<String>> OWNERS = Map.of(
            "--rate", List.of("producer"),
            "--paced-seconds", List.of("producer"),
            "--shards", List.of("drain"),
            "--jvm", List.of("drain", "producer"),
            "--server-jvm", List.of("producer", "local-aws"),
            "--held", List.of("local-aws"),
            "--threads", List.of("local-aws"));

    /** What --check runs where nothing is named: as little as tells a regression from noise. */
    private static final Options SHORT = new Options(
            List.of("codec", "drain"),
            3,
            500_000,
            List.of("ours", "jackson-tree", "kcl"),
            List.of("real", "generated", "single"),
            true,
            Map.of());

    /**
     * Reads the command line.
     *
     * @param all the names that benchmarks have
     * @throws WrongOption for what is not to be had
     */
    public static Options parse(List<String> arguments, List<String> all) {
        List<String> names = new ArrayList<>();
        int runs = RUNS;
        long events = 0;
        List<String> contenders = List.of();
        List<String> cases = List.of();
        boolean check = false;
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--runs" -> runs = (int) number(arguments, ++i);
                case "--events" -> events = number(arguments, ++i);
                case "--contenders" ->
                    contenders = List.of(value(arguments, ++i).split(","));
                case "--cases" -> cases = List.of(value(arguments, ++i).split(","));
                case "--check" -> check = true;
                case "--rate", "--paced-seconds", "--threads", "--shards" ->
                    more.put(argument, Long.toString(number(arguments, ++i)));
                case "--held", "--jvm", "--server-jvm" -> more.put(argument, value(arguments, ++i));
                default -> {
                    if (!all.contains(argument)) {
                        throw new WrongOption(argument + " is neither an option nor one of " + all);
                    }
                    names.add(argument);
                }
            }
        }
        if (runs < 1) {
            throw new WrongOption("--runs takes a number from 1, not " + runs);
        }
        if (!contenders.isEmpty() && !contenders.contains("ours")) {
            throw new WrongOption("--contenders takes ours and others to compare it with, not " + contenders);
        }
        if (check && names.isEmpty()) {
            if (!arguments.equals(List.of("--check"))) {
                throw new WrongOption("--check alone is a short run of its own; with options, name benchmarks");
            }
            return SHORT;
        }
        requireOne(names, contenders, cases, more);
        return new Options(names.isEmpty() ? all : names, runs, events, contenders, cases, check, more);
    }

    /** What narrows or changes one benchmark says nothing to another, or something else. */
    private static void requireOne(
            List<String> names, List<String> contenders, List<String> cases, Map<String, String> more) {
        if (names.size() != 1 && !(contenders.isEmpty() && cases.isEmpty() && more.isEmpty())) {
            throw new WrongOption(
                    "--contenders, --cases and a benchmark's own options go with the name of one benchmark");
        }
        for (String option : more.keySet()) {
            if (!OWNERS.get(option).contains(names.get(0))) {
                throw new WrongOption(option + " is an option of " + OWNERS.get(option) + ", not of " + names.get(0));
            }
        }
    }

    /** The checkout. */
    public static Path root() {
        return Path.of(System.getProperty("millrace.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Of all contenders of a benchmark, those that were asked for.
     *
     * @throws WrongOption where one was that the benchmark has not; in the short run, it is the other benchmark's
     */
    public List<String> chosen(List<String> all) {
        return chosen("contender", contenders, all);
    }

    /** Of all cases of a benchmark, those that were asked for, likewise. */
    public List<String> chosenCases(List<String> all) {
        return chosen("case", cases, all);
    }

    private List<String> chosen(String what, List<String> wanted, List<String> all) {
        if (wanted.isEmpty()) {
            return all;
        }
        List<String> unknown =
                wanted.stream().filter(name -> !all.contains(name)).toList();
        if (!unknown.isEmpty() && names.size() == 1) {
            throw new WrongOption("no " + what + " is called " + String.join(" or ", unknown) + ", only " + all);
        }
        return all.stream().filter(wanted::contains).toList();
    }

    /** Of an option that only some benchmarks have, its value. */
    public String text(String option, String otherwise) {
        return more.getOrDefault(option, otherwise);
    }

    public int number(String option, int otherwise) {
        return Integer.parseInt(text(option, Integer.toString(otherwise)));
    }

    /** A JVM's options. */
    public List<String> jvm(String option, List<String> otherwise) {
        return List.of(text(option, String.join(" ", otherwise)).split(" "));
    }

    private static long number(List<String> arguments, int index) {
        String text = value(arguments, index);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new WrongOption(arguments.get(index - 1) + " takes a whole number, not \"" + text + "\"");
        }
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new WrongOption(arguments.get(index - 1) + " takes a value");
        }
        return arguments.get(index);
    }
}
