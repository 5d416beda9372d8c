package io.millrace.aws;

import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Gives each call to AWS a deadline. Two kinds of calls are left alone: those that set a deadline of their own, and
 * those that stream their answer, where each piece has the HTTP client's read timeout instead. A client's own setting
 * has no exceptions, so this is an interceptor. Thread-safe.
 */
public final class CallDeadline implements ExecutionInterceptor {

    private final Duration call;
    private final Duration attempt;
    private final Set<Class<? extends SdkRequest>> streaming;

    /**
     * @param call the longest that a call may take, with its retries
     * @param attempt the longest that one try may take
     * @param streaming the requests whose answers may take their time
     */
    public CallDeadline(Duration call, Duration attempt, Set<Class<? extends SdkRequest>> streaming) {
        this.call = call;
        this.attempt = attempt;
        this.streaming = Set.copyOf(streaming);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof AwsRequest request) || streaming.contains(request.getClass())) {
            return context.request();
        }
        AwsRequestOverrideConfiguration own = request.overrideConfiguration()
                .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
        if (own.apiCallTimeout().isPresent()) {
            return request;
        }
        return request.toBuilder()
                .overrideConfiguration(own.toBuilder()
                        .apiCallTimeout(call)
                        .apiCallAttemptTimeout(attempt)
                        .build())
                .build();
    }
}
