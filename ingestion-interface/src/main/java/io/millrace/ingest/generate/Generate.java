package io.millrace.ingest.generate;

import io.millrace.producer.LogProducer;
import io.millrace.producer.ProducerConfig;
import io.millrace.producer.ProducerException;
import io.millrace.producer.Totals;
import io.millrace.service.ExitCode;
import io.millrace.service.Service;
import io.millrace.settings.SettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends made-up or recorded logs through the producer and tells what became of them. */
public final class Generate {
    private static final int DELIVERED = ExitCode.OK;
    private static final int UNDELIVERED = ExitCode.FAILED;
    private static final int BAD_USAGE = ExitCode.WRONG_USAGE;
    private static final long SECOND = 1_000_000_000L;

    /** After the signal, for what is still on its way; the producer's own limit is 30 s by default. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(35);

    private static final long TELL_NANOS = 10 * SECOND;

    private final GenerateOptions options;
    private final PrintStream out;
    private volatile boolean stopped;
    private final long startedAt = System.nanoTime();

    private Generate(GenerateOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the command; answers the process's exit status. */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(GenerateOptions.HELP);
            return DELIVERED;
        }
        try {
            GenerateOptions options = GenerateOptions.parse(
                    arguments, environment, Clock.systemUTC().millis());
            return Service.run(STOP_LIMIT, stop -> {
                Generate generate = new Generate(options, out);
                stop.then(generate::endEarly);
                try {
                    return generate.deliver(options.producer());
                } catch (IOException e) {
                    err.println("generate " + String.join(" ", arguments) + ": " + e.getMessage());
                    return UNDELIVERED;
                }
            });
        } catch (SettingsException e) {
            e.problems().forEach(err::println);
            return BAD_USAGE;
        }
    }

    /** What was sent is still delivered. */
    private void endEarly() {
        stopped = true;
    }

    private int deliver(ProducerConfig config) throws IOException {
        long refused = 0;
        LogProducer producer = LogProducer.start(config);
        try (EventSource source = source()) {
            refused = send(source, producer);
        } finally {
            producer.close();
        }
        Totals totals = producer.producer().totals();
        tell("Done", totals);
        if (refused > 0) {
            out.println(refused + " events were not accepted: too large, or the buffer stayed full");
        }
        return refused == 0 && totals.delivered() == totals.accepted() ? DELIVERED : UNDELIVERED;
    }

    private EventSource source() throws IOException {
        return options.file().isPresent()
                ? new FileSource(options.file().get())
                : new MadeUpSource(options.seed(), options.services(), options.run(), Clock.systemUTC());
    }

    private long send(EventSource source, LogProducer producer) throws IOException {
        long refused = 0;
        long toldAt = startedAt;
        Pacer pacer = new Pacer(options.rate(), startedAt);
        for (long number = 0; goesOn(number); number++) {
            byte[] event = source.next();
            if (event == null) {
                break;
            }
            pacer.await(number);
            try {
                var unused = producer.send(event);
            } catch (ProducerException e) {
                refused++;
            }
            if (System.nanoTime() - toldAt > TELL_NANOS) {
                toldAt = System.nanoTime();
                tell("So far", producer.producer().totals());
            }
        }
        return refused;
    }

    private boolean goesOn(long number) {
        boolean few = options.events() == 0 || number < options.events();
        boolean early = options.seconds() == 0 || System.nanoTime() - startedAt < options.seconds() * SECOND;
        return few && early && !stopped;
    }

    private void tell(String when, Totals totals) {
        double seconds = (System.nanoTime() - startedAt) / (double) SECOND;
        out.printf(
                Locale.ROOT,
                "%s: %d accepted, %d delivered, %d rejected, %d expired, %d pending in %.1f s (%.0f delivered/s)%n",
                when,
                totals.accepted(),
                totals.delivered(),
                totals.rejected(),
                totals.expired(),
                totals.pending(),
                seconds,
                totals.delivered() / seconds);
    }
}
