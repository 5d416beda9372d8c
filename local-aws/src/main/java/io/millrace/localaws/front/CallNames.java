package io.millrace.localaws.front;

import io.millrace.localaws.s3.S3Operation;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** Tells which operation a request calls, mostly from its header fields, method and URI alone. */
final class CallNames {

    private static final String TARGET = "X-Amz-Target";
    private static final String COPY_SOURCE = "x-amz-copy-source";

    /** CloudWatch's own name for itself, in targets and in paths. */
    private static final String CLOUDWATCH = "GraniteServiceVersion20100801";

    private static final String CLOUDWATCH_CBOR_PATH = "/service/" + CLOUDWATCH + "/operation/";

    private CallNames() {}

    /** Empty where the request names a service that local-aws does not have. */
    static Optional<AwsCall> of(Request request) throws Exception {
        HttpFields headers = request.getHeaders();
        String path = request.getHttpURI().getPath();
        HttpField target = headers.getField(TARGET);
        if (target != null) {
            return ofTarget(target.getValue());
        }
        if (QueryApi.isFor(request)) {
            return QueryApi.call(request);
        }
        if (path.startsWith(CLOUDWATCH_CBOR_PATH)) {
            return Optional.of(new AwsCall(AwsService.CLOUDWATCH, path.substring(CLOUDWATCH_CBOR_PATH.length())));
        }
        Set<String> query = Request.extractQueryParameters(request).getNames();
        return Optional.of(new AwsCall(
                AwsService.S3, S3Operation.of(request.getMethod(), path, query, headers.contains(COPY_SOURCE))));
    }

    private static Optional<AwsCall> ofTarget(String target) {
        int dot = target.lastIndexOf('.');
        String operation = target.substring(dot + 1);
        return switch (target.substring(0, Math.max(dot, 0))) {
            case "Kinesis_20131202" -> Optional.of(new AwsCall(AwsService.KINESIS, operation));
            case "DynamoDB_20120810", "DynamoDBStreams_20120810" ->
                Optional.of(new AwsCall(AwsService.DYNAMODB, operation));
            case CLOUDWATCH -> Optional.of(new AwsCall(AwsService.CLOUDWATCH, operation));
            default -> Optional.empty();
        };
    }
}
