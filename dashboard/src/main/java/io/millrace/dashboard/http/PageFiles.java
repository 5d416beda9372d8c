package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The page's files, read once from the class path into memory. Only what {@code web/files.txt} lists is served, so that no
 * path can lead elsewhere; an ETag spares the browser the second download.
 */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private static final class PageFile {
        final String path;
        final String type;
        final byte[] content;
        final String etag;

        PageFile(String path) {
            this.path = path;
            this.type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
            this.content = read(path);
            this.etag = '"' + sha256(content) + '"';
        }
    }

    private final List<PageFile> files;

    private PageFiles(List<PageFile> files) {
        this.files = files;
    }

    static PageFiles load() {
        String list = new String(read("files.txt"), StandardCharsets.UTF_8);
        return new PageFiles(list.lines().map(PageFile::new).toList());
    }

    void register(RoutesConfig routes) {
        for (PageFile file : files) {
            routes.get("/" + file.path, ctx -> send(ctx, file));
            if (file.path.equals("index.html")) {
                routes.get("/", ctx -> send(ctx, file));
            }
        }
    }

    private static void send(Context ctx, PageFile file) {
        ctx.header("Cache-Control", "no-cache").header("ETag", file.etag);
        if (file.etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(file.type).result(file.content);
        }
    }

    private static byte[] read(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream("/web/" + path)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks web/" + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
