package io.millrace.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process sees of its environment, which only a process of its own can show. */
@Timeout(60)
class RegionProcessIT {

    @Test
    void anEmptyEndpointIsAwsToTheSdkToo() throws Exception {
        assertEquals(
                "kinesis.eu-central-1.amazonaws.com",
                started(Map.of("AWS_ENDPOINT_URL", "", "AWS_REGION", "eu-central-1")));
    }

    @Test
    void awsRegionHoldsBesideTheOlderName() throws Exception {
        assertEquals(
                "kinesis.eu-west-1.amazonaws.com",
                started(Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "us-west-2")));
    }

    @Test
    void noRegionAnywhereIsOneLine() throws Exception {
        assertEquals(
                "AWS_REGION is not set, and the AWS SDK found no region either; set it, for example to us-east-1",
                started(Map.of()));
    }

    private static String started(Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CallMain.class.getName()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        // The test runs at no cloud, and asking for one's machine would take seconds.
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.putAll(variables);
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(true, process.waitFor(30, TimeUnit.SECONDS));
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
