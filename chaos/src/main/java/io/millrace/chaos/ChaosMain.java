package io.millrace.chaos;

import java.io.IOException;
import java.util.List;

/** {@code scripts/chaos.sh}: exit 0 where every event is in the lake exactly once, 1 where not, 2 for wrong usage. */
public final class ChaosMain {

    private ChaosMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.print(ChaosArguments.usage());
            return;
        }
        ChaosOptions options;
        try {
            options = ChaosArguments.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try {
            new ChaosRun(options, System.out).run();
            System.exit(0); // local-aws leaves threads behind that would keep the process
        } catch (IllegalStateException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }
}
