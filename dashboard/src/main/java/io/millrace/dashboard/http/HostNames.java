package io.millrace.dashboard.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which the dashboard may be reached: localhost, any IP address, the address that it listens on, and those
 * that are configured. No foreign site can make its own name out of an IP address or localhost.
 */
final class HostNames {

    private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IP_V6 = Pattern.compile("\\[[0-9a-f:.]+\\]");
    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

    private final Set<String> configured;

    HostNames(String listening, Set<String> configured) {
        this.configured = new HashSet<>(configured);
        this.configured.add(listening.toLowerCase(Locale.ROOT));
    }

    /** @param host as in the Host header, with or without a port */
    boolean permits(String host) {
        String name = name(host);
        return name.equals("localhost")
                || configured.contains(name)
                || IP_V4.matcher(name).matches()
                || IP_V6.matcher(name).matches();
    }

    /** Whether a page of that origin is the dashboard's own: it has the same host and port, or a configured name. */
    boolean isOwnOrigin(String origin, String host) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null && (authority.equalsIgnoreCase(host) || configured.contains(name(authority)));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return PORT.matcher(lower).replaceFirst("");
    }
}
