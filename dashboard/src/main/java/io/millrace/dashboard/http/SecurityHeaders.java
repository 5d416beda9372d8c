package io.millrace.dashboard.http;

import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer says to browsers, whatever it is. */
final class SecurityHeaders {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            // Replaced where an answer may be kept.
            "Cache-Control",
            "no-store");

    private SecurityHeaders() {}

    static void set(BiConsumer<String, String> setHeader) {
        HEADERS.forEach(setHeader);
    }
}
