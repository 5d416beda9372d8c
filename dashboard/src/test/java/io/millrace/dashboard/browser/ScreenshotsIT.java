package io.millrace.dashboard.browser;

import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.OutputType;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Shoots the pictures of docs/dashboard anew, into the folder that the property {@code screenshots} names; only where it is
 * set. {@code scripts/measure-dashboard.sh screenshots} runs it.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class ScreenshotsIT {

    private static final int POINTS_OF_HISTORY = 24;

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @Test
    void everyViewInBothThemes() throws IOException, InterruptedException {
        Page.fill(aws);
        Path folder = Path.of(System.getProperty("screenshots"));
        try (Page page = Page.open(aws)) {
            Browser browser = page.browser();
            browser.size(1280, 800);
            // What the overview draws has to happen first.
            Http http = page.dashboard().http();
            while (http.get("/api/stats/history").json().get("samples").size() < POINTS_OF_HISTORY) {
                Thread.sleep(1_000);
            }
            for (Map.Entry<String, String> view : views().entrySet()) {
                browser.systemTheme("light");
                browser.open(view.getValue());
                browser.until("document.activeElement.blur(); return true");
                arrange(browser, view.getKey());
                shoot(browser, folder.resolve(view.getKey() + "-light.png"));
                browser.systemTheme("dark");
                arrange(browser, view.getKey());
                shoot(browser, folder.resolve(view.getKey() + "-dark.png"));
            }
        }
    }

    private static Map<String, String> views() {
        String bucket = "bucket=" + SampleData.BUCKET;
        String hour = Lake.folder(
                "api-gateway", SampleData.DAY.plus(Duration.ofHours(8)).toString());
        Map<String, String> views = new LinkedHashMap<>();
        views.put("overview", "overview");
        views.put("streams", "streams");
        views.put("records", "streams?stream=" + SampleData.STREAM + "&shard=shardId-000000000000");
        views.put("lake", "lake?" + bucket);
        views.put("object", "object?" + bucket + "&key=" + Http.encode(hour + "part-8-0.jsonl"));
        views.put("partitions", "partitions");
        views.put("logs", "logs?run=1&from=" + SampleData.DAY + "&level=ERROR,WARN");
        views.put("tail", "logs?live=1&stream=" + SampleData.STREAM);
        views.put("dead-letters", "dead-letters");
        return views;
    }

    /** Opens what is worth a look. */
    private static void arrange(Browser browser, String view) {
        switch (view) {
            case "object", "records" ->
                browser.until("const d = document.querySelectorAll('.record')[2]; d.open = true; return true");
            case "logs" -> {
                browser.until("document.querySelectorAll('.row')[5]?.click(); return !!document.querySelector('.drawer"
                        + " .tree')");
            }
            case "tail" -> {
                browser.until("return /^live/.test(document.querySelector('.card.grow [role=status]').textContent)");
                SampleData data = new SampleData();
                for (int i = 0; i < 40; i++) {
                    String event = data.event(Instant.now().minusMillis(37L * (40 - i)));
                    aws.kinesis()
                            .putRecord(r -> r.streamName(SampleData.STREAM)
                                    .partitionKey("k")
                                    .data(SdkBytes.fromUtf8String(event)));
                }
                browser.until("return document.querySelectorAll('.row').length > 20");
            }
            default -> {
                // As it opens.
            }
        }
    }

    private static void shoot(Browser browser, Path file) throws IOException, InterruptedException {
        Thread.sleep(400);
        Files.write(file, browser.driver().getScreenshotAs(OutputType.BYTES));
    }
}
