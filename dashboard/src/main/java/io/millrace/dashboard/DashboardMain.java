package io.millrace.dashboard;

import io.javalin.util.JavalinException;
import io.millrace.dashboard.config.DashboardConfig;
import io.millrace.dashboard.config.DashboardSettings;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The process's entry point: {@code java -jar millrace-dashboard.jar [--help | --version | --check-config]}. */
public final class DashboardMain {

    private static final int OK = 0;
    private static final int CANNOT_START = 1;
    private static final int BAD_USAGE = 2;

    private DashboardMain() {}

    public static void main(String[] args) {
        String option = args.length == 0 ? "" : args[0];
        switch (option) {
            case "" -> run(System.getenv());
            case "--help", "-h" -> {
                System.out.print(help());
                System.exit(OK);
            }
            case "--help=markdown" -> {
                System.out.print(Reference.markdown(DashboardSettings.ALL));
                System.exit(OK);
            }
            case "--version" -> {
                System.out.println("millrace-dashboard " + version());
                System.exit(OK);
            }
            case "--check-config" -> System.exit(checkConfig(System.getenv(), System.out, System.err));
            default -> {
                System.err.println("Unknown option " + option + "; --help lists what there is");
                System.exit(BAD_USAGE);
            }
        }
    }

    private static void run(Map<String, String> environment) {
        DashboardConfig config;
        try {
            config = DashboardConfig.load(environment);
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            System.exit(BAD_USAGE);
            return;
        }
        // Read by logback.xml when the first logger is made.
        System.setProperty("LOG_LEVEL", config.logLevel().name());
        System.setProperty("LOG_FORMAT", config.logFormat().name().toLowerCase(Locale.ROOT));

        Dashboard dashboard = new Dashboard(config);
        try {
            dashboard.start();
        } catch (JavalinException e) {
            dashboard.close();
            System.err.println("Cannot listen on " + config.host() + ":" + config.port() + ": " + rootMessage(e)
                    + "; stop what listens there, or set DASHBOARD_PORT or DASHBOARD_HOST to something else");
            System.exit(CANNOT_START);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close, "dashboard-shutdown"));
        LoggerFactory.getLogger(DashboardMain.class)
                .info("Dashboard ready: http://{}:{}/", urlHost(config.host()), dashboard.port());
    }

    static int checkConfig(Map<String, String> environment, PrintStream out, PrintStream err) {
        SettingReader settings = new SettingReader(environment, DashboardSettings.ALL);
        DashboardConfig.read(settings);
        return settings.check(out, err) ? OK : BAD_USAGE;
    }

    private static String help() {
        return """
                Millrace dashboard: a page and an HTTP API that show the streams, the lake and the consumer's lag.

                Usage: java -jar millrace-dashboard.jar [--help | --version | --check-config]

                Settings are environment variables, or stand under the same names in CONFIG_FILE:

                """ + Reference.text(DashboardSettings.ALL);
    }

    private static String version() {
        String version = DashboardMain.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static String urlHost(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
