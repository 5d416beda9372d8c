package io.millrace.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of {@code scripts/chaos.sh}. */
final class ChaosArguments {

    private static final String USAGE = """
            Usage: scripts/chaos.sh [rounds] [seed] [options]
            Disturbs three consumers under load, and asks for every event exactly once. 200 rounds by default.
            The same seed draws the same disturbances. Exit 0: all well. 1: events lost or doubled. 2: wrong usage.

              --only KINDS   only these disturbances, with commas between:
                             %s; basic is the first five
              --shards N     so many shards (2 unless --wide); no resharding where there are more than 2
              --wide         16 shards, a flush every 6 s, every put of an object 3 s late, leases of 10 s
              --dedupe       DEDUPE_FIELD=id, copies of events, and records for more than 1,000 output partitions
              --lag SECONDS  how far reads lag, 5 by default, 60 at most; more where processes start slowly
              --careless     objects are merged and deleted at any age, against the rule; expected to fail
              --help         this text
            """;

    private static final int ROUNDS = 200;

    private ChaosArguments() {}

    static String usage() {
        return USAGE.formatted(
                Stream.of(Disturbance.values()).map(Disturbance::word).collect(Collectors.joining(",")));
    }

    /** @throws IllegalArgumentException with what is wrong, in one line */
    static ChaosOptions parse(List<String> arguments) {
        Deque<Long> numbers = new ArrayDeque<>();
        Set<Disturbance> kinds = EnumSet.allOf(Disturbance.class);
        long shards = 0;
        Duration lag = ChaosOptions.LAG;
        boolean wide = false;
        boolean dedupe = false;
        boolean careless = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            switch (argument) {
                case "--only" -> kinds = kinds(rest.isEmpty() ? "" : rest.removeFirst());
                case "--shards" -> shards = number(rest.isEmpty() ? "" : rest.removeFirst());
                case "--lag" -> lag = Duration.ofSeconds(number(rest.isEmpty() ? "" : rest.removeFirst()));
                case "--wide" -> wide = true;
                case "--dedupe" -> dedupe = true;
                case "--careless" -> careless = true;
                default -> numbers.add(number(argument));
            }
        }
        if (numbers.size() > 2) {
            throw new IllegalArgumentException("more than rounds and a seed: " + numbers);
        }
        if (shards == 0) {
            shards = wide ? ChaosOptions.WIDE_SHARDS : ChaosOptions.SHARDS;
        }
        if (shards > ChaosOptions.SHARDS) {
            kinds.remove(Disturbance.RESHARD);
        }
        if (kinds.stream().allMatch(Disturbance::isPermanent)) {
            throw new IllegalArgumentException("nothing is left to draw of --only; add basic");
        }
        long rounds = numbers.isEmpty() ? ROUNDS : numbers.removeFirst();
        long seed = numbers.isEmpty() ? ThreadLocalRandom.current().nextInt(1_000_000) : numbers.removeFirst();
        return new ChaosOptions(
                Math.toIntExact(rounds), seed, Math.toIntExact(shards), kinds, wide, dedupe, lag, careless);
    }

    private static Set<Disturbance> kinds(String words) {
        Set<Disturbance> kinds = EnumSet.noneOf(Disturbance.class);
        for (String word : words.split(",")) {
            if (word.equals("basic")) {
                kinds.addAll(Disturbance.BASIC);
            } else {
                kinds.add(kind(word));
            }
        }
        return kinds;
    }

    private static Disturbance kind(String word) {
        try {
            return Disturbance.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--only has no \"" + word + "\"; see --help", e);
        }
    }

    private static long number(String argument) {
        try {
            return Long.parseUnsignedLong(argument);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + argument + "\" is no number and no option; see --help", e);
        }
    }
}
