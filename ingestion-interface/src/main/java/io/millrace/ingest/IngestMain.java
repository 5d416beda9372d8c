package io.millrace.ingest;

import io.millrace.ingest.config.IngestConfig;
import io.millrace.ingest.config.IngestSettings;
import io.millrace.ingest.generate.Generate;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The process's entry point: the HTTP server, or {@code generate}. */
public final class IngestMain {
    private static final int OK = 0;
    private static final int CANNOT_START = 1;
    private static final int BAD_USAGE = 2;

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
            case "" -> serve();
            case "generate" -> {
                List<String> options = List.of(args).subList(1, args.length);
                System.exit(Generate.run(options, System.getenv(), System.out, System.err));
            }
            case "--help", "-h" -> System.out.print(USAGE + Reference.text(IngestSettings.ALL));
            case "--help=markdown" -> System.out.print(Reference.markdown(IngestSettings.ALL));
            case "--version" -> System.out.println("millrace-ingestion-interface " + version());
            case "--check-config" -> checkConfig();
            default -> {
                System.err.println("unknown command " + command + "; --help lists what there is");
                System.exit(BAD_USAGE);
            }
        }
    }

    private static void serve() {
        IngestConfig config = configOrExit();
        IngestServer server = new IngestServer(config);
        try {
            server.start();
        } catch (CannotListenException e) {
            server.close();
            System.err.println(e.getMessage());
            System.exit(CANNOT_START);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "millrace-ingest-stop"));
        LoggerFactory.getLogger(IngestMain.class)
                .info("Ingestion interface ready: http://{}:{}/api/ingest/batch", config.host(), server.port());
    }

    private static void checkConfig() {
        SettingReader settings = new SettingReader(System.getenv(), IngestSettings.ALL);
        IngestConfig.read(settings);
        System.exit(settings.check(System.out, System.err) ? OK : BAD_USAGE);
    }

    private static IngestConfig configOrExit() {
        try {
            IngestConfig config = IngestConfig.read(System.getenv());
            // Read by logback.xml when the first logger is made.
            System.setProperty("LOG_LEVEL", config.logLevel().name());
            System.setProperty("LOG_FORMAT", config.logFormat().name().toLowerCase(Locale.ROOT));
            return config;
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            System.exit(BAD_USAGE);
            throw e;
        }
    }

    private static String version() {
        String version = IngestMain.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
