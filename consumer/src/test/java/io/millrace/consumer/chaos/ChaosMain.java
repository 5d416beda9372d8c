package io.millrace.consumer.chaos;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** {@code scripts/chaos.sh [rounds] [seed]}: exit 0 where every event is in the lake exactly once, else 1. */
public final class ChaosMain {

    private static final int ROUNDS = 200;

    private ChaosMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        long seed = args.length > 1
                ? Long.parseLong(args[1])
                : ThreadLocalRandom.current().nextInt(1_000_000);
        try {
            new ChaosRun(ChaosOptions.of(rounds, seed), System.out).run();
            System.exit(0); // local-aws leaves threads behind that would keep the process
        } catch (IllegalStateException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }
}
