package io.millrace.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.OpenObject;
import io.millrace.dashboard.lake.content.ObjectViewer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One object: its lines, or itself as a download. The key may stand in the path, encoded once, or in {@code ?key=}: a
 * browser takes {@code ..} out of paths before it sends them.
 */
public final class ObjectRoutes implements Consumer<RoutesConfig> {

    static final String ROUTE = "/api/s3/object/";

    /** Each holds a connection to S3 and reads up to 256 MiB. */
    private static final int AT_A_TIME = 6;

    private static final int MAX_LINES = 2_000;
    private static final int MAX_KEY_CHARS = 1_024;

    private final Permissions permissions;
    private final ObjectStore store;
    private final ObjectViewer viewer;

    public ObjectRoutes(Permissions permissions, ObjectStore store, ObjectViewer viewer) {
        this.permissions = permissions;
        this.store = store;
        this.viewer = viewer;
    }

    @Override
    public void accept(RoutesConfig routes) {
        Slots slots = new Slots(AT_A_TIME, "object views");
        routes.get(ROUTE + "{bucket}", slots.limit(this::object));
        routes.get(ROUTE + "{bucket}/<key>", slots.limit(this::object));
    }

    private void object(Context ctx) throws IOException {
        Query query = new Query(ctx);
        String bucket = permissions.bucket(ObjectPath.bucket(ctx.path(), ROUTE));
        String key = key(ctx);
        if (query.flag("download")) {
            download(ctx, bucket, key);
            return;
        }
        ctx.json(viewer.view(
                bucket,
                key,
                query.number("line", 0, 0, Long.MAX_VALUE),
                query.integer("limit", 200, 1, MAX_LINES),
                filter(query)));
    }

    private static String key(Context ctx) {
        String inQuery = ctx.queryParam("key");
        String key = inQuery == null ? ObjectPath.key(ctx.path(), ROUTE) : inQuery;
        if (key.isEmpty() || key.length() > MAX_KEY_CHARS) {
            throw new ApiException(400, "bad_parameter", "A key has 1 to 1,024 bytes", "See /api/openapi.json");
        }
        return key;
    }

    private static Predicate<String> filter(Query query) {
        String text = query.text("q").toLowerCase(Locale.ROOT);
        return text.isEmpty()
                ? line -> true
                : line -> line.toLowerCase(Locale.ROOT).contains(text);
    }

    /** As it is stored, and always as an attachment of no type that a browser would show. */
    private void download(Context ctx, String bucket, String key) throws IOException {
        OpenObject object = store.open(bucket, key);
        ctx.header("Content-Disposition", Attachment.header(key.substring(key.lastIndexOf('/') + 1)));
        ctx.contentType("application/octet-stream");
        ctx.res().setContentLengthLong(object.size());
        // Straight to the response: nothing is compressed again, and the slot is taken until it is sent.
        try (InputStream content = object.content()) {
            if (!ctx.method().equals(HandlerType.HEAD)) {
                content.transferTo(ctx.res().getOutputStream());
            }
        }
    }
}
