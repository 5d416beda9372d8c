package io.millrace.dashboard.browser;

import io.millrace.dashboard.testing.FakeConsumer;
import io.millrace.dashboard.testing.SampleData;
import io.millrace.dashboard.testing.TestDashboard;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.util.Map;

/** A dashboard over the sample system, and a browser that shows it. */
final class Page implements AutoCloseable {

    private final FakeConsumer consumer;
    private final TestDashboard dashboard;
    private final Browser browser;

    private Page(FakeConsumer consumer, TestDashboard dashboard, Browser browser) {
        this.consumer = consumer;
        this.dashboard = dashboard;
        this.browser = browser;
    }

    /** Puts the sample system into AWS. */
    static void fill(LocalAwsExtension aws) {
        aws.createStream(SampleData.STREAM, 2);
        aws.createStream("stage01-metrics-stream", 1);
        aws.createBucket(SampleData.BUCKET);
        aws.createBucket(SampleData.EMPTY_BUCKET);
        SampleData data = new SampleData();
        data.lake(aws.s3());
        data.records(aws.kinesis());
        data.leases(aws.dynamoDb(), "millrace-consumer-leases");
    }

    static Page open(LocalAwsExtension aws) {
        FakeConsumer consumer = new FakeConsumer(SampleData::status);
        TestDashboard dashboard = TestDashboard.start(aws.endpoint(), Map.of("CONSUMER_STATUS_URLS", consumer.url()));
        try {
            return new Page(consumer, dashboard, Browser.start(dashboard.port()));
        } catch (RuntimeException e) {
            // Skipped, or no browser starts: nothing may be left behind.
            dashboard.close();
            consumer.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    TestDashboard dashboard() {
        return dashboard;
    }

    @Override
    public void close() {
        browser.close();
        dashboard.close();
        consumer.close();
    }
}
