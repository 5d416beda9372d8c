package io.millrace.dashboard.config;

import static io.millrace.dashboard.config.DashboardSettings.*;

import io.millrace.settings.SettingReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Reads who may reach the dashboard, and refuses what would open it to everyone by accident. */
final class AccessReader {

    private final SettingReader settings;

    AccessReader(SettingReader settings) {
        this.settings = settings;
    }

    Authentication authentication(String host) {
        Auth choice = settings.get(AUTH);
        Authentication basic = new Authentication.Basic(
                settings.get(USER), settings.find(PASSWORD).orElse(""));
        Authentication proxy =
                new Authentication.Proxy(settings.get(PROXY_HEADER), Set.copyOf(settings.get(TRUSTED_PROXIES)));
        boolean open = settings.get(ALLOW_OPEN) || isLoopback(host);
        if (choice == Auth.NONE && !open) {
            settings.problem(
                    HOST.name() + "=" + host + " is an address that others can reach: set DASHBOARD_AUTH to basic"
                            + " or proxy, or DASHBOARD_ALLOW_OPEN to true if everyone may read everything");
        }
        if (choice == Auth.BASIC && !settings.isGiven(PASSWORD)) {
            settings.problem("DASHBOARD_AUTH=basic needs DASHBOARD_PASSWORD; allowed: " + PASSWORD.allowed());
        }
        return switch (choice) {
            case BASIC -> basic;
            case PROXY -> proxy;
            case NONE -> new Authentication.None();
        };
    }

    private boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            settings.problem(HOST.name() + "=" + host + " is not allowed; allowed: " + HOST.allowed());
            return true;
        }
    }
}
