package io.millrace.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Prints the host that a call to Kinesis would go to, and stops before it does. */
final class CallMain {

    private CallMain() {}

    public static void main(String[] args) {
        AtomicReference<String> host = new AtomicReference<>("none");
        try (KinesisAsyncClient client = AwsAccess.of(Optional.empty(), Optional.empty())
                .configure(KinesisAsyncClient.builder(), AwsService.KINESIS)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(override ->
                        override.apiCallTimeout(Duration.ofSeconds(10)).addExecutionInterceptor(new Stop(host)))
                .build()) {
            client.listStreams().join();
        } catch (CompletionException e) {
            System.out.println(host.get());
        } catch (NoRegionException e) {
            System.out.println(e.getMessage());
        }
    }

    private record Stop(AtomicReference<String> host) implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            host.set(context.httpRequest().host());
            throw new IllegalStateException("far enough");
        }
    }
}
