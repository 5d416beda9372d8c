package io.millrace.consumer;

import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Gives each call to AWS a deadline, but for those that set their own, and for those that stream their answer: of these
 * each piece has the HTTP client's read timeout instead (30 s). A client's own setting knows no exceptions. Thread-safe.
 */
final class CallDeadline implements ExecutionInterceptor {

    /** SubscribeToShard lasts five minutes, and an object's reader may take its time. */
    private static final Set<Class<? extends SdkRequest>> STREAMING =
            Set.of(SubscribeToShardRequest.class, GetObjectRequest.class);

    private final Duration call;
    private final Duration attempt;

    /** @param call the retries included */
    CallDeadline(Duration call, Duration attempt) {
        this.call = call;
        this.attempt = attempt;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof AwsRequest request) || STREAMING.contains(request.getClass())) {
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
