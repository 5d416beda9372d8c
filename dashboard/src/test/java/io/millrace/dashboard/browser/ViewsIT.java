package io.millrace.dashboard.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view in a real browser, over a sample system. */
class ViewsIT {

    private static final String FOLDER =
            Lake.folder("api-gateway", SampleData.DAY.plus(Duration.ofHours(1)).toString());

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static Page page;
    private static Browser browser;

    /** A view's address and a text that only its data brings. */
    record View(String address, String shows) {}

    @BeforeAll
    static void start() {
        Page.fill(aws);
        page = Page.open(aws);
        browser = page.browser();
    }

    @AfterAll
    static void stop() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void wide() {
        browser.size(1280, 860);
        browser.systemTheme("light");
    }

    @AfterEach
    void nothingInTheConsole() {
        Checks.consoleIsClean(browser);
    }

    static List<View> views() {
        String bucket = "bucket=" + SampleData.BUCKET;
        return List.of(
                new View("overview", "Records a second"),
                new View("streams", "stage01-metrics-stream"),
                new View("streams?stream=" + SampleData.STREAM + "&shard=shardId-000000000000", "Partition key"),
                new View("lake", SampleData.EMPTY_BUCKET),
                new View("lake?" + bucket + "&prefix=service=api-gateway/", "year="),
                new View("object?" + bucket + "&key=" + Http.encode(FOLDER + "part-1-0.jsonl"), "api-gateway"),
                new View("partitions", "inventory"),
                new View("logs", "Search the lake"),
                new View("logs?run=1&service=payments&from=" + SampleData.DAY, "payments"),
                new View("logs?live=1", "live"),
                new View("dead-letters", "not-an-object"));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewShowsItsDataReadablyAndReachably(View view) {
        browser.open(view.address());
        browser.until("return document.body.textContent.includes(arguments[0])", view.shows());

        Checks.contrastIsEnough(browser, view + " light");
        Checks.everyControlHasAName(browser, view.toString());
        Checks.focusIsSeen(browser, view.toString());
        browser.systemTheme("dark");
        Checks.contrastIsEnough(browser, view + " dark");
        browser.size(360, 740);
        Checks.nothingIsWiderThanTheScreen(browser, view.toString());
    }

    @Test
    void theHeadlineIsFreshnessAndTheChartsAreDrawn() {
        browser.open("overview");

        assertTrue(browser.text(".headline").startsWith("Freshness"));
        assertTrue(browser.text(".headline .big").matches("[\\d.]+ (ms|s)"), browser.text());
        browser.click("Refresh");
        browser.until("if (document.querySelectorAll('.chart canvas').length === 3) return true;"
                + " document.getElementById('refresh').click(); return false");
        assertTrue(browser.find(".chart").getDomAttribute("aria-label").contains("in: "));
        assertTrue(browser.text(".alerts").contains("dead letters"));
    }

    @Test
    void streamsShowLeasesAndRecordsInEveryPacking() {
        browser.open("streams");
        browser.until("return document.body.textContent.includes('consumer-1')");
        String text = browser.text();
        assertTrue(text.contains("consumer-0"), text);
        assertEquals(
                1,
                browser.all("[title='49680443400074221370584302870794529128012999']")
                        .size(),
                text);

        for (String shard : List.of("shardId-000000000000", "shardId-000000000001")) {
            browser.open("streams?stream=" + SampleData.STREAM + "&shard=" + shard + "&position=trim_horizon");
            assertTrue(browser.all(".record").size() > 10, browser.text());
        }
        browser.open("streams?stream=" + SampleData.STREAM + "&shard=shardId-000000000000&position=latest");
        assertTrue(browser.text().contains("No records here"));
    }

    @Test
    void theLakeIsWalkedByFolderToAnEvent() {
        browser.open("lake");
        browser.find("a[href*='bucket=" + SampleData.BUCKET + "']").click();
        for (String folder : FOLDER.split("/")) {
            browser.until(
                    "const a = [...document.querySelectorAll('a.folder')].find((e) => e.textContent === arguments[0] +"
                            + " '/'); a?.click(); return !!a",
                    folder);
        }
        browser.until("document.querySelector('td a[href*=\"object?\"]')?.click(); return"
                + " !!document.querySelector('.record')");
        browser.find(".record summary").click();
        browser.until("return !!document.querySelector('.record[open] .tree .key')");
        assertTrue(browser.text(".record[open] .tree").contains("trace_id"));
        assertTrue(browser.text(".crumbs").contains(SampleData.BUCKET));
    }

    @Test
    void theHeatMapTellsEmptyFromCounted() {
        browser.open("partitions");
        browser.until("return document.querySelectorAll('.heatmap td.heat').length > 20");

        long cells = (Long) browser.js("return document.querySelectorAll('.heatmap td').length");
        long blank = (Long) browser.js("return document.querySelectorAll('.heatmap td.gap').length");
        assertEquals(24L * SampleData.SERVICES.size(), cells);
        assertTrue(blank > 5 && blank < 40, blank + " blank cells");
        browser.find(".heatmap td.heat a").click();
        browser.untilText("part-");
    }
}
