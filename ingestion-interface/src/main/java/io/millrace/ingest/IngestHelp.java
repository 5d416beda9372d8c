package io.millrace.ingest;

import io.millrace.producer.ProducerSetting;
import io.millrace.producer.ProducerSettings;

/** What {@code --help} says. */
final class IngestHelp {

    private IngestHelp() {}

    static String text() {
        StringBuilder out = new StringBuilder("""
                Millrace ingestion interface: logs over HTTP into a Kinesis stream.

                Usage: java -jar millrace-ingestion-interface.jar [--help | --version | --check-config]
                       java -jar millrace-ingestion-interface.jar generate [options]   (generate --help)

                POST /api/ingest/batch   a JSON array, an object with a logs array, or lines of JSON; gzip too;
                                         ?sync=true waits until Kinesis has them
                POST /v1/logs            OTLP/HTTP logs, protobuf or JSON
                GET  /health /ready /metrics

                Environment variables (or the same names in the file that CONFIG_FILE names):
                """);
        for (IngestSetting setting : IngestSettings.OWN) {
            line(out, setting.name(), setting.meaning(), setting.allowed(), setting.defaultValue());
        }
        for (ProducerSetting setting : ProducerSettings.ALL) {
            line(out, setting.name(), setting.meaning(), setting.allowed(), setting.defaultValue());
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String meaning, String allowed, String absent) {
        out.append("  ").append(name).append("  ").append(meaning).append(System.lineSeparator());
        out.append("      ").append(allowed);
        if (!absent.isEmpty()) {
            out.append("; default ").append(absent);
        }
        out.append(System.lineSeparator());
    }
}
