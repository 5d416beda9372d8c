package io.millrace.ingest;

import io.millrace.ingest.generate.Generate;
import io.millrace.producer.ConfigException;
import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The process's entry point: the HTTP server, or {@code generate}. */
public final class IngestMain {
    /** For threads and connections, beyond what the server and the producer take. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(5);

    private IngestMain() {}

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case "" -> System.exit(serve());
            case "generate" -> {
                LogSetup.of(Level.INFO, LogSetup.Format.TEXT).apply();
                List<String> options = List.of(args).subList(1, args.length);
                System.exit(Generate.run(options, System.getenv(), System.out, System.err));
            }
            case "--help", "-h" -> System.out.print(IngestHelp.text());
            case "--version" -> System.out.println("millrace-ingestion-interface " + Version.of(IngestMain.class));
            case "--check-config" -> checkConfig();
            default -> {
                System.err.println("unknown command " + command + "; --help lists what there is");
                System.exit(ExitCode.WRONG_USAGE);
            }
        }
    }

    private static int serve() {
        IngestConfig config = configOrExit();
        LogSetup.of(
                        Level.valueOf(config.logLevel()),
                        LogSetup.Format.valueOf(config.logFormat().toUpperCase(Locale.ROOT)))
                .apply();
        Duration stopLimit =
                IngestServer.STOP_TIME.plus(config.producer().closeTimeout()).plus(CLOSING_TIME);
        return Service.run(stopLimit, stop -> serve(config, stop));
    }

    private static int serve(IngestConfig config, StopSignal stop) throws InterruptedException {
        try (IngestServer server = new IngestServer(config)) {
            server.start();
            LoggerFactory.getLogger(IngestMain.class)
                    .info("Ingestion interface ready: http://{}:{}/api/ingest/batch", config.host(), server.port());
            stop.await();
            return ExitCode.OK;
        } catch (CannotListenException e) {
            System.err.println(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static void checkConfig() {
        IngestSettings.describe(configOrExit()).forEach((name, value) -> System.out.println(name + "=" + value));
        System.exit(ExitCode.OK);
    }

    private static IngestConfig configOrExit() {
        try {
            return IngestSettings.read(System.getenv());
        } catch (ConfigException e) {
            e.problems().forEach(System.err::println);
            System.exit(ExitCode.WRONG_USAGE);
            throw e;
        }
    }
}
