package io.millrace.localaws.front;

import io.millrace.localaws.kinesis.Subscription;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Writes a subscription's messages as they come, each when the one before it has gone out. Holds no thread meanwhile. */
final class SubscriptionSender extends IteratingCallback {

    private final Subscription subscription;
    private final Response response;
    private final Callback callback;
    private final Executor executor;
    private final Scheduler scheduler;
    private final Runnable wake = this::iterateElsewhere;
    private Scheduler.Task timer = () -> true;
    private boolean ended;

    SubscriptionSender(Subscription subscription, Request request, Response response, Callback callback) {
        this.subscription = subscription;
        this.response = response;
        this.callback = callback;
        this.executor = request.getComponents().getExecutor();
        this.scheduler = request.getComponents().getScheduler();
        request.addFailureListener(this::abort);
    }

    void start() {
        iterate();
    }

    @Override
    protected Action process() {
        timer.cancel();
        if (ended) {
            return Action.SUCCEEDED;
        }
        Subscription.Step step = subscription.next();
        if (step instanceof Subscription.Message message) {
            response.write(false, ByteBuffer.wrap(message.bytes()), this);
            return Action.SCHEDULED;
        }
        if (step instanceof Subscription.Wait wait) {
            timer = scheduler.schedule(wake, wait.atMost().toMillis(), TimeUnit.MILLISECONDS);
            subscription.awaitNext(wake);
            return Action.IDLE;
        }
        ended = true;
        response.write(true, BufferUtil.EMPTY_BUFFER, this);
        return Action.SCHEDULED;
    }

    private void iterateElsewhere() {
        try {
            executor.execute(this::iterate);
        } catch (RejectedExecutionException e) {
            abort(e); // The server stops.
        }
    }

    @Override
    protected void onCompleteSuccess() {
        subscription.close();
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        timer.cancel();
        subscription.close();
        callback.failed(cause);
    }
}
