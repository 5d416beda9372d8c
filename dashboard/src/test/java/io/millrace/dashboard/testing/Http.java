package io.millrace.dashboard.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends requests exactly as they are written: no client tidies up the path, the Host header or anything else. */
public final class Http {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;

    public Http(int port) {
        this.port = port;
    }

    /** @param headers beside Host and Connection, as {@code Name: value}; a Host among them replaces the usual one */
    public Answer get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    public Answer send(String method, String path, String... headers) throws IOException {
        try (Socket socket = open(method, path, headers)) {
            return read(socket.getInputStream());
        }
    }

    /** Sends a request and leaves the answer to the caller, who closes the socket. */
    public Socket open(String method, String path, String... headers) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(method + ' ' + path + " HTTP/1.1");
        if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
            lines.add("Host: localhost:" + port);
        }
        lines.add("Connection: close");
        lines.addAll(Arrays.asList(headers));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Percent-encodes a text for a query or for one segment of a path. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Answer read(InputStream in) throws IOException {
        String statusLine = line(in);
        if (statusLine.length() < 12) {
            throw new IOException("no answer, but '" + statusLine + "'");
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        byte[] body = chunked ? chunks(in) : in.readAllBytes();
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(in).trim(), 16);
            body.write(in.readNBytes(length));
            line(in);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
