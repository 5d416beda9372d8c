package io.millrace.localaws.front;

import io.millrace.localaws.fault.CallFault;
import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Faults;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets a call through to its service, or makes it go wrong as the rules in force say. */
final class FaultGate {

    /** Serves a call in full, or throws. */
    interface Service {
        void serve(AwsCall call, Request request, Response response, Callback callback) throws Exception;
    }

    private final Faults faults;
    private final Service next;

    FaultGate(Faults faults, Service next) {
        this.faults = faults;
        this.next = next;
    }

    void pass(AwsCall call, Request request, Response response, Callback callback) throws Exception {
        CallFault fault = faults.onCall(call.name());
        if (fault.delay().isZero()) {
            act(fault, call, request, response, callback);
            return;
        }
        var components = request.getComponents();
        Runnable later = () -> {
            try {
                act(fault, call, request, response, callback);
            } catch (Exception e) {
                Response.writeError(request, response, callback, e);
            }
        };
        components
                .getScheduler()
                .schedule(
                        () -> components.getExecutor().execute(later),
                        fault.delay().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void act(CallFault fault, AwsCall call, Request request, Response response, Callback callback)
            throws Exception {
        if (fault.effect().isEmpty()) {
            next.serve(call, request, response, callback);
            return;
        }
        Effect effect = fault.effect().get();
        if (effect instanceof Effect.DropBefore) {
            AnswerLost.drop(request);
            callback.failed(new EofException("connection dropped, as told"));
        } else if (effect instanceof Effect.DropAfter) {
            AnswerLost lost = new AnswerLost(request, response);
            next.serve(call, request, lost, lost.dropping(callback));
        } else {
            AwsError error = effect instanceof Effect.ServerError internal
                    ? AwsError.internal(call, internal)
                    : AwsError.throttle(call);
            answer(error, call, request, response, callback);
        }
    }

    /** The body is read first: a client that is still sending would see a broken connection, not the answer. */
    private static void answer(AwsError error, AwsCall call, Request request, Response response, Callback callback) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        Reply reply = error.reply(call.service(), contentType == null ? "" : contentType);
        Content.Source.consumeAll(request, Callback.from(() -> reply.send(response, callback), callback::failed));
    }
}
