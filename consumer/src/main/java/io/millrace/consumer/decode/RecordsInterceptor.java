package io.millrace.consumer.decode;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes the records out of a GetRecords answer that {@link ReadCall} asked for, and leaves the rest to the SDK, which would
 * copy each record several times. An answer that is not quite as expected is the SDK's whole, records too. Thread-safe.
 */
public final class RecordsInterceptor implements ExecutionInterceptor {

    /** What the SDK asks Kinesis for. */
    private static final String CBOR = "application/x-amz-cbor-1.1";

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<ReadCall> call = ReadCall.of(attributes);
        Optional<Publisher<ByteBuffer>> content = context.responsePublisher();
        if (context.httpResponse().statusCode() == BAD_REQUEST) {
            call.ifPresent(ReadCall::refused);
        }
        if (call.filter(ReadCall::decodes).isEmpty() || content.isEmpty() || !isPlainCbor(context.httpResponse())) {
            return content;
        }
        return Optional.of(new WithoutRecords(content.get(), call.get()));
    }

    /** The SDK checks and inflates what it gets, so that must be what Kinesis sent. Kinesis sends no checksum and does not compress. */
    private static boolean isPlainCbor(SdkHttpResponse response) {
        return response.statusCode() == OK
                && response.firstMatchingHeader("Content-Type")
                        .filter(CBOR::equals)
                        .isPresent()
                && response.firstMatchingHeader("Content-Encoding").isEmpty()
                && response.firstMatchingHeader("x-amz-crc32").isEmpty();
    }
}
