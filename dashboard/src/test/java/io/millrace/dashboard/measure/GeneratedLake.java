package io.millrace.dashboard.measure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * An S3 that has one bucket with as many objects as is wanted, and only lists them. Arguments: port, services, hours,
 * objects an hour.
 */
public final class GeneratedLake {

    private static final int PAGE = 1_000;

    private final TreeMap<String, TreeSet<String>> children = new TreeMap<>();
    private final LakeShape shape;

    private GeneratedLake(LakeShape shape) {
        this.shape = shape;
        for (LakeShape.Folder hour : shape.folders()) {
            String folder = hour.prefix();
            for (int slash = folder.length() - 1; slash > 0; ) {
                int parent = folder.lastIndexOf('/', slash - 1);
                children.computeIfAbsent(folder.substring(0, parent + 1), key -> new TreeSet<>())
                        .add(folder.substring(0, slash + 1));
                slash = parent;
            }
        }
    }

    public static void main(String[] args) throws IOException {
        GeneratedLake lake = new GeneratedLake(LakeShape.of(args, 1));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", lake::answer);
        server.start();
        System.out.println("listening");
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String xml = exchange.getRequestURI().getPath().length() <= 1
                ? "<ListAllMyBucketsResult><Buckets><Bucket><Name>md-raw-logs</Name></Bucket></Buckets></ListAllMyBucketsResult>"
                : list(query.getOrDefault("prefix", ""), query.getOrDefault("continuation-token", ""));
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Always with a delimiter: the dashboard never asks without one here. */
    private String list(String prefix, String token) {
        List<String> folders = List.copyOf(children.getOrDefault(prefix, new TreeSet<>()));
        List<String> objects = folders.isEmpty() && prefix.contains("/hour=")
                ? IntStream.range(0, shape.objectsAnHour())
                        .mapToObj(i -> prefix + shape.name(i))
                        .toList()
                : List.of();
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int all = folders.size() + objects.size();
        int to = Math.min(all, from + PAGE);
        StringBuilder xml = new StringBuilder("<ListBucketResult><Name>md-raw-logs</Name><IsTruncated>")
                .append(to < all)
                .append("</IsTruncated>");
        if (to < all) {
            xml.append("<NextContinuationToken>").append(to).append("</NextContinuationToken>");
        }
        for (int i = from; i < to; i++) {
            if (i < folders.size()) {
                xml.append("<CommonPrefixes><Prefix>").append(folders.get(i)).append("</Prefix></CommonPrefixes>");
            } else {
                xml.append("<Contents><Key>")
                        .append(objects.get(i - folders.size()))
                        .append(
                                "</Key><LastModified>2025-11-09T13:00:00.000Z</LastModified><Size>4096</Size></Contents>");
            }
        }
        return xml.append("</ListBucketResult>").toString();
    }
}
