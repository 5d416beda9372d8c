package io.millrace.dashboard.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WindowType;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Search and live tail in a real browser. */
class LogsIT {

    private static final String TAIL = "logs?live=1&stream=" + SampleData.STREAM;

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static Page page;
    private static Browser browser;

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

    @AfterEach
    void nothingInTheConsole() {
        Checks.consoleIsClean(browser);
    }

    @Test
    void theTailShowsEventsAsTheyComeAndPauses() {
        browser.open(TAIL);
        browser.untilText("live, waiting");
        put("{\"service\":\"auth\",\"level\":\"WARN\",\"message\":\"first of the tail\"}");
        browser.untilText("first of the tail");
        browser.press("p");
        assertEquals("Go on (p)", browser.text("#pause"));
        put("{\"service\":\"auth\",\"level\":\"WARN\",\"message\":\"while paused\"}");
        browser.until("return document.querySelector('.card.grow [role=status]').textContent.includes('1 waiting')");
        assertTrue(!browser.text().contains("while paused"));
        browser.press("u");
        assertTrue(browser.text().contains("first of the tail"), "a switch of the clock keeps what was seen");
        browser.press("u");
        browser.press("p");
        browser.untilText("while paused");
    }

    @Test
    void theTailFollowsItsEndUntilSomebodyScrollsUp() {
        browser.open(TAIL);
        browser.untilText("live, waiting");
        for (int round = 0; round < 3; round++) {
            putMany("round " + round, 100);
            browser.untilText("round " + round + " event 99");
        }
        browser.js("document.querySelector('.vlist').scrollTop = 0");
        browser.untilText("round 0 event 0");
        putMany("round 3", 100);
        browser.untilText("live, 400 events");
        assertTrue(browser.text().contains("round 0 event 0"), "what is read stays where it is");
    }

    @Test
    void theTailIsFilteredByTheServer() {
        browser.open(TAIL + "&level=ERROR&field=http.status=500");
        browser.untilText("live, waiting");
        put("{\"level\":\"INFO\",\"message\":\"unwanted level\",\"http\":{\"status\":500}}");
        put("{\"level\":\"ERROR\",\"message\":\"unwanted status\",\"http\":{\"status\":200}}");
        put("{\"level\":\"ERROR\",\"message\":\"wanted\",\"http\":{\"status\":500}}");
        browser.untilText("wanted");
        assertEquals(1, browser.all(".row").size());
    }

    @Test
    void anEventFoundIsOpenedCopiedFromAndDownloaded() throws IOException {
        browser.open("logs?run=1&service=payments&level=ERROR&from=" + SampleData.DAY);
        int events = Integer.parseInt(browser.text(".card.grow [role=status]").replaceAll(" events.*(?s).*", ""));
        browser.find(".row").click();
        browser.untilText("trace_id");
        browser.click("Download what is shown");

        Path file = browser.downloads().resolve("events.jsonl");
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(file));
        List<String> lines = Files.readAllLines(file);
        assertEquals(events, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.contains("\"service\":\"payments\",\"level\":\"ERROR\"")));
        browser.click("In its object");
        browser.untilText("stored");
        browser.until("return document.querySelector('main').textContent.includes('part-')");
    }

    @Test
    void aHundredThousandLinesHaveAsManyElementsAsAreSeen() {
        browser.open("logs");
        browser.driver().executeAsyncScript("""
            const done = arguments[0];
            Promise.all([import('/lib/virtual.js'), import('/lib/dom.js')]).then(([{ virtualList }, { h }]) => {
              const list = virtualList((row) => h('div', { class: 'row' }, `line ${row}`), 'Many lines');
              document.querySelector('main').replaceChildren(list.element);
              list.set(Array.from({ length: 100000 }, (_, i) => i));
              list.toEnd();
              done();
            });
            """);
        browser.until("return document.querySelector('.vlist').textContent.includes('line 99999')");
        browser.js("document.querySelector('.vlist').scrollTop = 50000 * 26");
        browser.until("return document.querySelector('.vlist').textContent.includes('line 50001')");
        assertTrue(browser.all(".row").size() < 80);
    }

    @Test
    void sevenTailsInSevenTabsLeaveTheBrowserItsConnections() throws IOException {
        List<String> states = new ArrayList<>();
        String first = browser.driver().getWindowHandle();
        for (int i = 0; i < 7; i++) {
            if (i > 0) {
                browser.driver().switchTo().newWindow(WindowType.WINDOW);
            }
            browser.open(TAIL);
            browser.until(
                    "return /live|other tabs/.test(document.querySelector('.card.grow [role=status]').textContent)");
            states.add(browser.text(".card.grow [role=status]"));
            // All else still answers in this tab.
            assertEquals(
                    200L,
                    browser.driver()
                            .executeAsyncScript(
                                    "const done = arguments[0]; fetch('health').then((r) => done(r.status), (e) =>"
                                            + " done(String(e)))"));
        }
        assertEquals(
                4, states.stream().filter(state -> state.startsWith("live")).count(), states::toString);
        assertEquals(
                3,
                states.stream()
                        .filter(state -> state.startsWith("4 other tabs"))
                        .count(),
                states::toString);

        for (String window : List.copyOf(browser.driver().getWindowHandles())) {
            if (!window.equals(first)) {
                browser.driver().switchTo().window(window).close();
            }
        }
        browser.driver().switchTo().window(first);
        browser.open("overview");
        Http http = page.dashboard().http();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get("/metrics").text().contains("millrace_dashboard_tails 0"));
    }

    private static void putMany(String text, int events) {
        aws.kinesis()
                .putRecords(r -> r.streamName(SampleData.STREAM)
                        .records(IntStream.range(0, events)
                                .mapToObj(i -> PutRecordsRequestEntry.builder()
                                        .partitionKey("k")
                                        .data(SdkBytes.fromUtf8String("{\"message\":\"" + text + " event " + i + "\"}"))
                                        .build())
                                .toList()));
    }

    private static void put(String event) {
        aws.kinesis()
                .putRecord(
                        r -> r.streamName(SampleData.STREAM).partitionKey("k").data(SdkBytes.fromUtf8String(event)));
    }
}
