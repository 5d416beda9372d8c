package io.millrace.localaws.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.millrace.localaws.fault.Effect;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** An error answered in a service's stead: in its own words and in the wire format that its clients read. */
record AwsError(int status, String code, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();

    /** Kinesis throttles these by throughput, all others by calls a second. */
    private static final Set<String> KINESIS_DATA =
            Set.of("GetRecords", "GetShardIterator", "PutRecord", "PutRecords", "SubscribeToShard");

    /** DynamoDB throttles these by calls a second, all others by throughput. */
    private static final Set<String> DYNAMODB_CONTROL =
            Set.of("CreateTable", "DeleteTable", "DescribeTable", "ListTables", "UpdateTable");

    static AwsError throttle(AwsCall call) {
        String message = "Rate exceeded (a fault that local-aws was told to make)";
        return switch (call.service()) {
            case KINESIS ->
                new AwsError(
                        400,
                        KINESIS_DATA.contains(call.operation())
                                ? "ProvisionedThroughputExceededException"
                                : "LimitExceededException",
                        message);
            case DYNAMODB ->
                new AwsError(
                        400,
                        DYNAMODB_CONTROL.contains(call.operation())
                                ? "ThrottlingException"
                                : "ProvisionedThroughputExceededException",
                        message);
            case S3 -> new AwsError(503, "SlowDown", message);
            case STS, CLOUDWATCH -> new AwsError(400, "Throttling", message);
        };
    }

    static AwsError internal(AwsCall call, Effect.ServerError effect) {
        boolean isUnavailable = effect.status() == 503;
        String message = "Internal failure (a fault that local-aws was told to make)";
        String code = switch (call.service()) {
            case KINESIS, STS, CLOUDWATCH -> isUnavailable ? "ServiceUnavailable" : "InternalFailure";
            case DYNAMODB -> isUnavailable ? "ServiceUnavailable" : "InternalServerError";
            case S3 -> isUnavailable ? "ServiceUnavailable" : "InternalError";
        };
        return new AwsError(effect.status(), code, message);
    }

    static AwsError unknownOperation(String message) {
        return new AwsError(400, "UnknownOperationException", message);
    }

    /** @param contentType the request's */
    Reply reply(AwsService service, String contentType) {
        return switch (service) {
            case S3 -> new Reply(status, "application/xml", utf8("<Error>" + xmlDetails() + "</Error>"));
            case STS -> xmlQuery();
            case KINESIS, DYNAMODB, CLOUDWATCH -> {
                if (contentType.startsWith("application/x-www-form-urlencoded")) {
                    yield xmlQuery();
                }
                yield contentType.contains("cbor")
                        ? new Reply(status, contentType, ByteBuffer.wrap(details(CBOR)))
                        : new Reply(status, Reply.AWS_JSON, ByteBuffer.wrap(details(JSON)));
            }
        };
    }

    private Reply xmlQuery() {
        return new Reply(
                status, "text/xml", utf8("<ErrorResponse><Error>" + xmlDetails() + "</Error></ErrorResponse>"));
    }

    private String xmlDetails() {
        return "<Code>" + code + "</Code><Message>" + message + "</Message>";
    }

    private byte[] details(ObjectMapper mapper) {
        try {
            return mapper.writeValueAsBytes(Map.of("__type", code, "message", message));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
