package io.millrace.benchmarks;

import io.millrace.benchmarks.api.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the runs were made on. */
final class Machine {

    private Machine() {}

    static Map<String, Object> facts() throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("processor", line("/proc/cpuinfo", "model name"));
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("libraries", libraries());
        facts.put("commit", commit());
        return facts;
    }

    /** With {@code -dirty} where files differ from it. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--abbrev=40", "--dirty")
                    .directory(Options.root().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? "unknown" : answer;
        } catch (IOException e) {
            return "unknown"; // no git here
        }
    }

    private static String line(String file, String start) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "unknown";
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    /** The versions of what contends, by the jars' names. */
    private static List<String> libraries() {
        return List.of(System.getProperty("java.class.path").split(System.getProperty("path.separator"))).stream()
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(jar ->
                        jar.matches("(camel-aws2|amazon-kinesis|jackson-(core|databind)|kinesis-|s3-|jmh-core).*"))
                .sorted()
                .toList();
    }
}
