package io.millrace.dashboard.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads who may reach the dashboard, and refuses what would open it to everyone by accident. */
final class AccessReader {

    private static final int MIN_PASSWORD = 8;

    private final SettingReader reader;

    AccessReader(SettingReader reader) {
        this.reader = reader;
    }

    Authentication authentication(String host) {
        String choice = reader.choice(Setting.DASHBOARD_AUTH, "none", "basic", "proxy");
        Authentication.Basic basic = new Authentication.Basic(
                reader.matching(Setting.DASHBOARD_USER, "[^:]{1,100}"), reader.text(Setting.DASHBOARD_PASSWORD));
        Authentication.Proxy proxy = new Authentication.Proxy(
                reader.matching(Setting.DASHBOARD_PROXY_HEADER, "[A-Za-z0-9-]{1,100}"), trustedProxies());
        boolean allowOpen =
                reader.choice(Setting.DASHBOARD_ALLOW_OPEN, "true", "false").equals("true");
        boolean loopback = isLoopback(host);
        return switch (choice) {
            case "basic" -> {
                if (basic.password().length() < MIN_PASSWORD) {
                    reader.problem(Setting.DASHBOARD_PASSWORD, "(hidden)");
                }
                yield basic;
            }
            case "proxy" -> proxy;
            default -> {
                if (!loopback && !allowOpen) {
                    reader.problem(Setting.DASHBOARD_HOST + " is '" + host
                            + "', which others can reach: set DASHBOARD_AUTH to basic or proxy, or set"
                            + " DASHBOARD_ALLOW_OPEN=true where everyone may read everything");
                }
                yield new Authentication.None();
            }
        };
    }

    Set<String> allowedHosts() {
        return reader.list(Setting.DASHBOARD_ALLOWED_HOSTS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            reader.problem(Setting.DASHBOARD_HOST, host);
            return true;
        }
    }

    private Set<String> trustedProxies() {
        Set<String> addresses = new HashSet<>();
        for (String address : reader.list(Setting.DASHBOARD_TRUSTED_PROXIES)) {
            // Only digits and colons, so that no name is looked up.
            if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                reader.problem(Setting.DASHBOARD_TRUSTED_PROXIES, address);
                continue;
            }
            try {
                addresses.add(InetAddress.getByName(address).getHostAddress());
            } catch (UnknownHostException e) {
                reader.problem(Setting.DASHBOARD_TRUSTED_PROXIES, address);
            }
        }
        return Set.copyOf(addresses);
    }
}
