package io.millrace.ingest;

import io.millrace.ingest.config.IngestConfig;
import io.millrace.ingest.config.IngestSettings;
import io.millrace.ingest.generate.Generate;
import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import io.millrace.settings.LogFormat;
import io.millrace.settings.LogLevel;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The process's entry point: the HTTP server, or {@code generate}. */
public final class IngestMain {
    /** For threads and connections, beyond what the server and the producer take. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(5);

    private static final String USAGE = """
            Millrace ingestion interface: logs over HTTP into a Kinesis stream.

            Usage: java -jar millrace-ingestion-interface.jar [--help | --version | --check-config]
                   java -jar millrace-ingestion-interface.jar generate [option]...   (generate --help)

            POST /api/ingest/batch   a JSON array, an object with a logs array, or lines of JSON; gzip too;
                                     ?sync=true waits until Kinesis has them
            POST /v1/logs            OTLP/HTTP logs, protobuf or JSON
            GET  /health /ready /metrics

            Settings are environment variables, or stand under the same names in CONFIG_FILE:

            """;

    private IngestMain() {}

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case "" -> System.exit(serve());
            case "generate" -> {
                LogSetup.of(LogLevel.INFO, LogFormat.TEXT).apply();
                List<String> options = List.of(args).subList(1, args.length);
                System.exit(Generate.run(options, System.getenv(), System.out, System.err));
            }
            case "--help", "-h" -> System.out.print(USAGE + Reference.text(IngestSettings.ALL));
            case "--help=markdown" -> System.out.print(Reference.markdown(IngestSettings.ALL));
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
        LogSetup.of(config.logLevel(), config.logFormat()).apply();
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
        SettingReader settings = new SettingReader(System.getenv(), IngestSettings.ALL);
        IngestConfig.read(settings);
        System.exit(settings.check(System.out, System.err) ? ExitCode.OK : ExitCode.WRONG_USAGE);
    }

    private static IngestConfig configOrExit() {
        try {
            return IngestConfig.read(System.getenv());
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            System.exit(ExitCode.WRONG_USAGE);
            throw e;
        }
    }
}
