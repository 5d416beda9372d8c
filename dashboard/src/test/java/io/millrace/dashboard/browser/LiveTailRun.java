package io.millrace.dashboard.browser;

import io.millrace.dashboard.testing.SampleData;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Measures the live tail in a real browser: how long after its put an event is on the page, and the page's long tasks.
 * Arguments: the dashboard's port, the endpoint of AWS, events a second, seconds.
 */
public final class LiveTailRun {

    private static final int CALLS_A_SECOND = 10;

    /**
     * Looks at each new drawing of the list. Events come in order, so the eldest that is new in it is the one behind the
     * newest of the drawing before.
     */
    private static final String WATCH = """
        window.seen = { delays: [], last: -1, tasks: [], putAt: new Map() };
        new PerformanceObserver((list) => list.getEntries().forEach((e) => seen.tasks.push(Math.round(e.duration))))
          .observe({ type: 'longtask' });
        const list = document.querySelector('.vlist');
        new MutationObserver(() => {
          const match = /n=(\\d+) put=(\\d+)/.exec(list.querySelector('.vspace').lastElementChild?.textContent ?? '');
          if (!match || Number(match[1]) <= seen.last) return;
          const [n, put, now] = [Number(match[1]), Number(match[2]), Date.now()];
          const eldest = put - (n - seen.last - 1) * 1000 / arguments_rate;
          if (seen.last >= 0) seen.delays.push(now - eldest);
          seen.last = n;
        }).observe(list, { childList: true, subtree: true });
        """;

    private LiveTailRun() {}

    public static void main(String[] args) throws InterruptedException {
        int rate = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        try (KinesisClient kinesis = KinesisClient.builder()
                        .endpointOverride(URI.create(args[1]))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                        .build();
                Browser browser = Browser.start(Integer.parseInt(args[0]))) {
            browser.open("logs?live=1&stream=" + SampleData.STREAM);
            browser.untilText("live, waiting");
            browser.js(WATCH.replace("arguments_rate", String.valueOf(rate)));
            put(kinesis, rate, seconds);
            int all = rate * seconds;
            browser.until("return seen.last >= arguments[0] - 1", all);
            System.out.printf(
                    "%d events at %d a second; the page says: %s%n",
                    all, rate, browser.js("return document.querySelector('.card.grow [role=status]').textContent"));
            System.out.println(browser.js("""
                const d = seen.delays.sort((a, b) => a - b);
                const at = (q) => Math.round(d[Math.min(d.length - 1, Math.floor(q * d.length))]);
                return `put to page, eldest event of each of ${d.length} drawings: median ${at(0.5)} ms, 99th percentile`
                  + ` ${at(0.99)} ms, maximum ${at(1)} ms\\nlong tasks over 50 ms: ${seen.tasks.length}, over 200 ms: `
                  + `${seen.tasks.filter((t) => t > 200).length}, longest ${Math.max(0, ...seen.tasks)} ms\\n`
                  + `heap of the page: ${Math.round(performance.memory.usedJSHeapSize / 1048576)} MiB`;
                """));
        }
    }

    private static void put(KinesisClient kinesis, int rate, int seconds) throws InterruptedException {
        SampleData data = new SampleData();
        long start = System.nanoTime();
        int each = rate / CALLS_A_SECOND;
        for (int call = 0; call < seconds * CALLS_A_SECOND; call++) {
            long due = start + call * 1_000_000_000L / CALLS_A_SECOND;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                String event = data.event(Instant.now());
                String marked = event.replace(
                        "\"message\":\"",
                        "\"message\":\"n=" + (call * each + i) + " put=" + System.currentTimeMillis() + " ");
                entries.add(PutRecordsRequestEntry.builder()
                        .partitionKey("k")
                        .data(SdkBytes.fromUtf8String(marked))
                        .build());
            }
            kinesis.putRecords(r -> r.streamName(SampleData.STREAM).records(entries));
        }
    }
}
