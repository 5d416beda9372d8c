package io.millrace.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code scripts/measure-consumer.sh recovery|latency|memory|memory-large}, {@code scripts/soak.sh [minutes] [rate]} and
 * {@code scripts/hand-over.sh}.
 */
public final class MeasureMain {

    private static final String RUNS = "5";
    private static final String MINUTES = "10";
    private static final String RATE = "5000";

    private MeasureMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        try {
            switch (args.length == 0 ? "" : args[0]) {
                case "recovery" -> Recovery.run();
                case "latency" -> Latency.run();
                case "memory" -> Memory.run();
                case "memory-large" -> Memory.runLarge(Integer.parseInt(argument(args, 1, RUNS)));
                case "hand-over" -> handOver(Path.of(argument(args, 1, "")));
                case "soak" ->
                    Soak.run(Double.parseDouble(argument(args, 1, MINUTES)), Integer.parseInt(argument(args, 2, RATE)));
                default -> {
                    System.err.println(
                            "usage: recovery | latency | memory | memory-large [times] | soak [minutes] [events a"
                                    + " second] | hand-over earlier-jar");
                    System.exit(2);
                }
            }
            System.exit(0); // local-aws leaves threads behind that would keep the process
        } catch (IllegalStateException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void handOver(Path earlierJar) throws IOException, InterruptedException {
        for (boolean streams : new boolean[] {false, true}) {
            try (HandOver handOver = new HandOver(earlierJar, streams)) {
                handOver.run();
            }
        }
    }

    private static String argument(String[] args, int index, String otherwise) {
        return args.length > index ? args[index] : otherwise;
    }
}
