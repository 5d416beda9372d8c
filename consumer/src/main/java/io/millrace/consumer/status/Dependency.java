package io.millrace.consumer.status;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Whether one AWS service answers, judged by every call that this process makes to it. An error that says something
 * about the request (an expired iterator, an object that is there already) is an answer; a refusal, a throttle, a fault or
 * silence is none. Thread-safe.
 */
public final class Dependency implements ExecutionInterceptor {

    /** A service that does not answer. */
    public record Outage(Instant since, String message) {}

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

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

    void failed(Throwable failure) {
        if (isAnswer(failure)) {
            outage.set(null);
        } else {
            String message = String.valueOf(failure.getMessage());
            outage.updateAndGet(current -> new Outage(current == null ? clock.instant() : current.since(), message));
        }
    }

    private static boolean isAnswer(Throwable failure) {
        if (!(failure instanceof SdkServiceException service) || service.isThrottlingException()) {
            return false;
        }
        int status = service.statusCode();
        boolean refused = status == FORBIDDEN || status == UNAUTHORIZED || isBadCredentials(service);
        return status >= 400 && status < 500 && !refused;
    }

    private static boolean isBadCredentials(SdkServiceException failure) {
        return failure instanceof AwsServiceException aws
                && aws.awsErrorDetails() != null
                && String.valueOf(aws.awsErrorDetails().errorCode()).contains("Token");
    }
}
