package io.millrace.dashboard.http;

import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;

/** Bounds how many expensive requests run at the same time; one more is answered with 503. */
final class Slots {

    private final Semaphore free;
    private final String what;

    Slots(int count, String what) {
        this.free = new Semaphore(count);
        this.what = what;
    }

    Handler limit(Handler handler) {
        return ctx -> {
            if (!free.tryAcquire()) {
                throw new ApiException(
                        503, "busy", "Too many " + what + " at the same time", "Try again when others are done");
            }
            try {
                handler.handle(ctx);
            } finally {
                free.release();
            }
        };
    }
}
