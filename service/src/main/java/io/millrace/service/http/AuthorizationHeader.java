package io.millrace.service.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads the Authorization header: a scheme in any case, spaces, and the credentials (RFC 9110, section 11.4). */
public final class AuthorizationHeader {

    private AuthorizationHeader() {}

    /**
     * The credentials, where the header has this scheme.
     *
     * @param header the header's value; null where there is none
     */
    public static Optional<String> credentials(String header, String scheme) {
        if (header == null
                || header.length() <= scheme.length()
                || header.charAt(scheme.length()) != ' '
                || !header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(scheme.length()).strip());
    }

    /** Compares in a time that does not tell how much of a guess was right. */
    public static boolean isSame(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
