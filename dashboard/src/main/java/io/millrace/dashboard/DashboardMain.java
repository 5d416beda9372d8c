package io.millrace.dashboard;

import io.javalin.util.JavalinException;
import io.millrace.dashboard.config.DashboardConfig;
import io.millrace.dashboard.config.DashboardSettings;
import io.millrace.service.ExitCode;
import io.millrace.service.LogSetup;
import io.millrace.service.Service;
import io.millrace.service.StopSignal;
import io.millrace.service.Version;
import io.millrace.settings.Reference;
import io.millrace.settings.SettingReader;
import io.millrace.settings.SettingsException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The process's entry point: {@code java -jar millrace-dashboard.jar [--help | --version | --check-config]}. */
public final class DashboardMain {

    /** Beyond what the HTTP server takes to stop: for readers of S3 and Kinesis, whose calls last 15 s at most. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private DashboardMain() {}

    public static void main(String[] args) {
        String option = args.length == 0 ? "" : args[0];
        switch (option) {
            case "" -> System.exit(run(System.getenv()));
            case "--help", "-h" -> {
                System.out.print(help());
                System.exit(ExitCode.OK);
            }
            case "--help=markdown" -> {
                System.out.print(Reference.markdown(DashboardSettings.ALL));
                System.exit(ExitCode.OK);
            }
            case "--version" -> {
                System.out.println("millrace-dashboard " + Version.of(DashboardMain.class));
                System.exit(ExitCode.OK);
            }
            case "--check-config" -> System.exit(checkConfig(System.getenv(), System.out, System.err));
            default -> {
                System.err.println("Unknown option " + option + "; --help lists what there is");
                System.exit(ExitCode.WRONG_USAGE);
            }
        }
    }

    private static int run(Map<String, String> environment) {
        DashboardConfig config;
        try {
            config = DashboardConfig.load(environment);
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            return ExitCode.WRONG_USAGE;
        }
        LogSetup.of(config.logLevel(), config.logFormat())
                // What it would say of failed requests and busy ports, ErrorMapping and this class say in one line.
                .mute("io.javalin")
                .apply();
        return Service.run(STOP_LIMIT, stop -> serve(config, stop));
    }

    private static int serve(DashboardConfig config, StopSignal stop) throws InterruptedException {
        try (Dashboard dashboard = new Dashboard(config)) {
            dashboard.start();
            LoggerFactory.getLogger(DashboardMain.class)
                    .info("Dashboard ready: http://{}:{}/", urlHost(config.host()), dashboard.port());
            stop.await();
            return ExitCode.OK;
        } catch (JavalinException e) {
            System.err.println("Cannot listen on " + config.host() + ":" + config.port() + ": " + rootMessage(e)
                    + "; stop what listens there, or set DASHBOARD_PORT or DASHBOARD_HOST to something else");
            return ExitCode.FAILED;
        }
    }

    static int checkConfig(Map<String, String> environment, PrintStream out, PrintStream err) {
        SettingReader settings = new SettingReader(environment, DashboardSettings.ALL);
        DashboardConfig.read(settings);
        return settings.check(out, err) ? ExitCode.OK : ExitCode.WRONG_USAGE;
    }

    private static String help() {
        return """
                Millrace dashboard: a page and an HTTP API that show the streams, the lake and the consumer's lag.

                Usage: java -jar millrace-dashboard.jar [--help | --version | --check-config]

                Settings are environment variables, or stand under the same names in CONFIG_FILE:

                """ + Reference.text(DashboardSettings.ALL);
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
