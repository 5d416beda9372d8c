package io.millrace.dashboard.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dashboard.testing.Http;
import io.millrace.dashboard.testing.Lake;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;

/** Content that would like to be markup, script, or something else than it is, on every view that shows it. */
class HostilePageIT {

    private static final String MARKUP = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=2</script>";
    private static final String BIDI = "invoice\u202Etxt.exe";
    private static final String ANSI = "\u001b[31mred\u001b[0m";
    private static final String SERVICE = "<img src=x onerror=window.pwned=3>" + BIDI;
    private static final String ESCAPED = "%3Cimg src%3Dx onerror%3Dwindow.pwned%3D3%3Einvoice\u202Etxt.exe";
    private static final String FOLDER = Lake.folder(ESCAPED, SampleData.DAY.toString());
    private static final String KEY = "keys/<img src=x onerror=window.pwned=4>.jsonl";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private static Page page;
    private static Browser browser;

    @BeforeAll
    static void start() throws JsonProcessingException {
        Page.fill(aws);
        String event = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "timestamp",
                        SampleData.DAY.toString(),
                        "service",
                        SERVICE,
                        "level",
                        "<b onmouseover=window.pwned=5>ERROR</b>",
                        "message",
                        MARKUP + ANSI + BIDI,
                        MARKUP,
                        ANSI,
                        BIDI,
                        List.of(MARKUP)));
        new Lake(aws.s3(), SampleData.BUCKET)
                .put(FOLDER + "part-1.jsonl", List.of(event))
                .put(KEY, List.of(event));
        aws.kinesis()
                .putRecord(r -> r.streamName(SampleData.STREAM)
                        .partitionKey(MARKUP)
                        .explicitHashKey("0")
                        .data(SdkBytes.fromUtf8String(event)));
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
    void nothingRanAndNothingWasRefused() {
        assertEquals(null, browser.js("return window.pwned ?? null"));
        assertEquals(0L, browser.js("return document.querySelectorAll('main img, main script, main b').length"));
        assertFalse(((String) browser.js("return document.body.textContent")).matches("(?s).*[\u001b\u202e].*"));
        Checks.consoleIsClean(browser);
    }

    @Test
    void inAnEventThatIsFoundAndOpened() {
        browser.open("logs?run=1&service=" + Http.encode(SERVICE) + "&from=" + SampleData.DAY);
        browser.until("return document.querySelectorAll('.row').length === 1");
        browser.find(".row").click();
        browser.until("return !!document.querySelector('.drawer .tree')");
        String shown = (String) browser.js("return document.querySelector('.drawer').textContent");
        assertTrue(shown.contains("<img src=x onerror="), shown);
        assertTrue(shown.contains("\u27e8U+202E\u27e9") && shown.contains("invoice"), shown);
    }

    @Test
    void inTheLiveTail() throws JsonProcessingException {
        browser.open("logs?live=1&stream=" + SampleData.STREAM);
        browser.untilText("live, waiting");
        String event = new ObjectMapper().writeValueAsString(Map.of("message", MARKUP + ANSI, "service", SERVICE));
        aws.kinesis()
                .putRecord(
                        r -> r.streamName(SampleData.STREAM).partitionKey("k").data(SdkBytes.fromUtf8String(event)));
        browser.untilText("<img src=x onerror=");
        browser.find(".row").click();
        browser.until("return !!document.querySelector('.drawer .tree')");
    }

    @Test
    void inRecordsAndTheirPartitionKeys() {
        browser.open("streams?stream=" + SampleData.STREAM + "&shard=shardId-000000000000&position=trim_horizon");
        browser.until(
                "const s = [...document.querySelectorAll('.record')].find((r) => r.textContent.includes('pwned'));"
                        + " if (s) s.open = true; return !!s");
        assertTrue(browser.text().contains(MARKUP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"partitions", "lake?bucket=md-raw-logs", "lake?bucket=md-raw-logs&prefix=keys/"})
    void inTheNamesOfServicesAndKeys(String view) {
        browser.open(view);
        browser.until("return document.querySelector('main').textContent.includes('pwned')"
                + " || (document.getElementById('refresh').click(), false)");
    }

    @Test
    void inAKeyThatIsOpened() {
        browser.open("object?bucket=" + SampleData.BUCKET + "&key=" + Http.encode(KEY));
        browser.until("return document.querySelectorAll('.record').length === 1");
        browser.find(".record summary").click();
        browser.until("return !!document.querySelector('.record .tree')");
    }

    @Test
    void inTheAddress() {
        for (String view : List.of(
                "lake?bucket=" + Http.encode(MARKUP),
                "streams?stream=" + Http.encode(MARKUP),
                "logs?run=1&regex=" + Http.encode("(" + MARKUP),
                "object?bucket=" + SampleData.BUCKET + "&key=" + Http.encode(MARKUP))) {
            browser.open(view);
            browser.until("return !!document.querySelector('.empty.failed')");
            // The browser tells of the 400 or 404 that was asked for; of nothing else.
            assertTrue(browser.problems().stream().allMatch(p -> p.contains("Failed to load resource")));
        }
        browser.open(Http.encode(MARKUP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/%2e%2e%2fb",
                "a/%252fb",
                "a+b c",
                "what?download=true",
                "half#half",
                "emoji/\uD83D\uDE00/\u00e9",
                "quote\"and'more",
                "semi;colon=1&x=y"
            })
    void anOddKeyIsReachedByItsLink(String key) {
        String folder = "odd" + Integer.toHexString(key.hashCode()) + "/";
        new Lake(aws.s3(), SampleData.BUCKET).put(folder + key, List.of("{\"message\":\"content of " + folder + "\"}"));
        String parent = folder + key.substring(0, key.lastIndexOf('/') + 1);

        browser.open("lake?bucket=" + SampleData.BUCKET + "&prefix=" + Http.encode(parent));
        browser.until("const a = document.querySelector('td a[href*=\"object?\"]'); a?.click(); return !!a");

        browser.untilText("content of " + folder);
        assertTrue(browser.text().contains(key.substring(key.lastIndexOf('/') + 1)), browser.text());
    }
}
