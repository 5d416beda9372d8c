package io.millrace.service.http;

import io.millrace.settings.Setting;
import io.millrace.settings.Settings;
import java.time.Duration;

/** How long an HTTP server keeps a connection open that has no request. */
public final class KeepAlive {

    /** Seconds; AWS's load balancers reuse a connection for 60 s (Application Load Balancers, idle timeout). */
    public static final int DEFAULT_SECONDS = 75;

    public static final int MAX_SECONDS = 3_600;

    public static final String NAME = "HTTP_KEEP_ALIVE";

    public static final String MEANING =
            "How long the HTTP server keeps an idle connection open, in seconds. Keep it longer"
                    + " than the idle timeout of the load balancer in front (60 s by default): if the server closes first, the"
                    + " load balancer may send a request into the closing connection and answer its client with 502.";

    public static final Setting<Duration> SETTING =
            Settings.seconds(NAME, MEANING, "1", String.valueOf(MAX_SECONDS)).orElse(String.valueOf(DEFAULT_SECONDS));

    private KeepAlive() {}
}
