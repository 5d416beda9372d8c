package io.millrace.ingest;

import io.millrace.ingest.generate.Generate;
import io.millrace.producer.ConfigException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The process's entry point: the HTTP server, or {@code generate}. */
public final class IngestMain {
    private static final int OK = 0;
    private static final int CANNOT_START = 1;
    private static final int BAD_USAGE = 2;

    private IngestMain() {}

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case "" -> serve();
            case "generate" -> {
                List<String> options = List.of(args).subList(1, args.length);
                System.exit(Generate.run(options, System.getenv(), System.out, System.err));
            }
            case "--help", "-h" -> System.out.print(IngestHelp.text());
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
        IngestSettings.describe(configOrExit()).forEach((name, value) -> System.out.println(name + "=" + value));
        System.exit(OK);
    }

    private static IngestConfig configOrExit() {
        try {
            IngestConfig config = IngestSettings.read(System.getenv());
            // Read by logback.xml when the first logger is made.
            System.setProperty("LOG_LEVEL", config.logLevel());
            System.setProperty("LOG_FORMAT", config.logFormat());
            return config;
        } catch (ConfigException e) {
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
