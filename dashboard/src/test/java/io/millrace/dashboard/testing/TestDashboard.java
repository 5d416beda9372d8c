package io.millrace.dashboard.testing;

import io.millrace.dashboard.Dashboard;
import io.millrace.dashboard.config.DashboardConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A dashboard on a free port, in this JVM. */
public final class TestDashboard implements AutoCloseable {

    private final Dashboard dashboard;

    private TestDashboard(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** @param settings beside the port, the endpoint and no consumers */
    public static TestDashboard start(URI endpoint, Map<String, String> settings) {
        // The SDK's credential chain looks here first.
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        Map<String, String> environment = new HashMap<>(
                Map.of("DASHBOARD_PORT", "0", "AWS_ENDPOINT_URL", endpoint.toString(), "CONSUMER_STATUS_URLS", "none"));
        environment.putAll(settings);
        Dashboard dashboard = new Dashboard(DashboardConfig.load(environment));
        dashboard.start();
        return new TestDashboard(dashboard);
    }

    public Http http() {
        return new Http(dashboard.port());
    }

    public int port() {
        return dashboard.port();
    }

    public Dashboard dashboard() {
        return dashboard;
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
