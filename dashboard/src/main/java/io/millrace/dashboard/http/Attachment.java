package io.millrace.dashboard.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The header that makes a browser store an answer instead of showing it (RFC 6266). */
final class Attachment {

    private static final int MAX_NAME = 120;

    private Attachment() {}

    /** @param name any text; in the header it can end no quotes and no lines, and leads to no other folder */
    static String header(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._=-]", "_");
        plain = plain.substring(0, Math.min(plain.length(), MAX_NAME)).replaceFirst("^\\.+", "_");
        if (plain.isEmpty()) {
            plain = "object";
        }
        String visible = name.replaceAll("\\p{C}", "_");
        String cut = visible.substring(0, Math.min(visible.length(), MAX_NAME));
        String encoded = URLEncoder.encode(cut, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
