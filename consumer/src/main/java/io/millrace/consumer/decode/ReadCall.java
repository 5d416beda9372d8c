package io.millrace.consumer.decode;

import io.millrace.pipeline.record.SourceRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;

/**
 * One GetRecords call, all its attempts, as {@link RecordsInterceptor} sees it: the records of its answer, and whether Kinesis
 * refused an attempt before. Written by the HTTP client's threads, read by the caller's.
 */
public final class ReadCall {

    private static final ExecutionAttribute<ReadCall> ATTRIBUTE = new ExecutionAttribute<>(ReadCall.class.getName());

    /** The records belong to an attempt that the SDK had given up; the read must be made again. */
    public static final class OtherAttemptException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherAttemptException() {
            super("the records came with the answer to an attempt that was given up");
        }
    }

    private final boolean decodes;
    private volatile boolean refused;
    private volatile AnswerBody body;

    /** @param decodes whether the interceptor is to decode the records; false leaves them to the SDK */
    public ReadCall(boolean decodes) {
        this.decodes = decodes;
    }

    /** Has the interceptor look after this request. */
    public void attachTo(GetRecordsRequest.Builder request) {
        AwsRequestOverrideConfiguration.Builder own = request.overrideConfiguration() == null
                ? AwsRequestOverrideConfiguration.builder()
                : request.overrideConfiguration().toBuilder();
        request.overrideConfiguration(own.putExecutionAttribute(ATTRIBUTE, this).build());
    }

    static Optional<ReadCall> of(ExecutionAttributes attributes) {
        return Optional.ofNullable(attributes.getAttribute(ATTRIBUTE));
    }

    boolean decodes() {
        return decodes;
    }

    void refused() {
        refused = true;
    }

    /** Whether Kinesis refused an attempt; of a call that succeeded afterwards, for its rate, or for a wrong clock. */
    public boolean wasRefused() {
        return refused;
    }

    void answered(AnswerBody body) {
        this.body = body;
    }

    /**
     * Takes the records, once: what refers to this object for longer (the SDK's idle connections do) must not hold them. Empty
     * where the SDK was left to decode them.
     *
     * @param nextShardIterator of the answer that the SDK gave: a call may take several attempts, and one that was given up
     *     may come to its end after the one that counts
     * @throws OtherAttemptException where they are another attempt's
     */
    public Optional<List<SourceRecord>> take(String nextShardIterator) {
        AnswerBody decoded = body;
        body = null;
        if (decoded == null) {
            return Optional.empty();
        }
        if (!Objects.equals(decoded.nextShardIterator(), nextShardIterator)) {
            throw new OtherAttemptException();
        }
        return Optional.of(decoded.records());
    }
}
