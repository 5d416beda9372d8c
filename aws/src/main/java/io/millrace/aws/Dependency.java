package io.millrace.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Whether one AWS service answers, judged by every call that this process makes to it. An error that says something
 * about the request (an expired iterator, an object that is there already) is an answer. A refusal, a throttle, a
 * fault and silence are not. Thread-safe.
 */
public final class Dependency implements ExecutionInterceptor {

    /** A service that does not answer. */
    public record Outage(Instant since, String message) {}

    private final String name;
    private final InstantSource clock;
    private final AtomicReference<Outage> outage = new AtomicReference<>();

    public Dependency(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /** The outage that lasts now, if one does. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage.get());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        outage.set(null);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        failed(context.exception());
    }

    /** A call has failed with this, after all of its tries. */
    public void failed(Throwable failure) {
        if (isAnswer(failure)) {
            outage.set(null);
        } else {
            String message = String.valueOf(failure.getMessage());
            outage.updateAndGet(current -> new Outage(current == null ? clock.instant() : current.since(), message));
        }
    }

    private static boolean isAnswer(Throwable failure) {
        return failure instanceof SdkException error
                && switch (AwsErrors.classify(error)) {
                    case NOT_FOUND, EXPIRED, INVALID -> true;
                    case THROTTLED, FORBIDDEN, UNREACHABLE -> false;
                };
    }
}
