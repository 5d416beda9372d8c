package io.millrace.dashboard.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.millrace.dashboard.config.Authentication;
import io.millrace.dashboard.config.Authentication.Basic;
import io.millrace.dashboard.config.Authentication.Proxy;
import io.millrace.service.http.AuthorizationHeader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * Looks at every request before anything else does: which method, under which name of the host, from which page, from whom.
 */
final class Guard {

    /** Probes have no password; it tells nothing but what is reachable. */
    private static final String OPEN_PATH = "/health";

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final HostNames hosts;
    private final Authentication authentication;

    Guard(HostNames hosts, Authentication authentication) {
        this.hosts = hosts;
        this.authentication = authentication;
    }

    void check(Context ctx) {
        SecurityHeaders.set(ctx.res()::setHeader);
        checkHost(ctx);
        checkOrigin(ctx);
        if (!READING.contains(ctx.method())) {
            ctx.header("Allow", "GET, HEAD");
            throw new ApiException(
                    405, "method_not_allowed", ctx.method() + " is not allowed", "The dashboard is read-only: use GET");
        }
        if (!ctx.path().equals(OPEN_PATH)) {
            checkUser(ctx);
        }
    }

    /** A foreign name that leads here is how a foreign page would read what is on this machine (DNS rebinding). */
    private void checkHost(Context ctx) {
        String host = ctx.header("Host");
        if (host == null || !hosts.permits(host)) {
            throw new ApiException(
                    403,
                    "host_not_allowed",
                    "The dashboard is not to be reached as '" + host + "'",
                    "Add the name to DASHBOARD_ALLOWED_HOSTS");
        }
    }

    private void checkOrigin(Context ctx) {
        String origin = ctx.header("Origin");
        if (origin != null && !hosts.isOwnOrigin(origin, ctx.header("Host"))) {
            throw foreign(origin);
        }
        // Requests for images and scripts have no Origin, but say this. Following a link is all right.
        String site = ctx.header("Sec-Fetch-Site");
        boolean foreignSite = "cross-site".equals(site) || "same-site".equals(site);
        if (foreignSite && !"navigate".equals(ctx.header("Sec-Fetch-Mode"))) {
            throw foreign("another site");
        }
    }

    private static ApiException foreign(String origin) {
        return new ApiException(
                403, "origin_not_allowed", "Pages of " + origin + " may not read the dashboard", "Open it by itself");
    }

    private void checkUser(Context ctx) {
        if (authentication instanceof Basic basic && !isUser(basic, ctx.header("Authorization"))) {
            ctx.header("WWW-Authenticate", "Basic realm=\"Millrace\", charset=\"UTF-8\"");
            throw new ApiException(401, "unauthenticated", "User and password are missing or wrong", "Sign in");
        }
        if (authentication instanceof Proxy proxy) {
            // Of the connection itself, not of any header.
            boolean trusted = proxy.trusted().contains(ctx.req().getRemoteAddr().replaceAll("^\\[|\\]$", ""));
            String user = ctx.header(proxy.header());
            if (!trusted || user == null || user.isBlank()) {
                throw new ApiException(
                        401, "unauthenticated", "The proxy in front has named no user", "Come through the proxy");
            }
        }
    }

    private static boolean isUser(Basic expected, String header) {
        return AuthorizationHeader.credentials(header, "Basic")
                .filter(given -> decodesTo(given, expected.user() + ':' + expected.password()))
                .isPresent();
    }

    private static boolean decodesTo(String given, String expected) {
        try {
            // Bytes that are no UTF-8 become replacement characters, which no password that was typed has.
            return AuthorizationHeader.isSame(
                    new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
