package io.millrace.dashboard.config;

import java.util.Set;

/** How the dashboard knows who reads. */
public sealed interface Authentication {

    /** Everyone who reaches the port may read. */
    record None() implements Authentication {}

    /** HTTP basic authentication with one user. */
    record Basic(String user, String password) implements Authentication {
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /**
     * A proxy in front has authenticated the user and names them in a header.
     *
     * @param trusted addresses, as Java prints them, from which the header is believed
     */
    record Proxy(String header, Set<String> trusted) implements Authentication {}
}
