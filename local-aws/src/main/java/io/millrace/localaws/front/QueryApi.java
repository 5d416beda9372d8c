package io.millrace.localaws.front;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * The little that tools ask of other services: who am I (STS, asked by the KPL and {@code aws sts
 * get-caller-identity}), and metrics taken and forgotten (CloudWatch, sent by the KPL and the KCL).
 */
final class QueryApi {

    private static final String ACCOUNT = "000000000000";

    private static final Map<String, AwsService> ACTIONS = Map.of(
            "GetCallerIdentity", AwsService.STS,
            "PutMetricData", AwsService.CLOUDWATCH);

    private QueryApi() {}

    /** Query requests, AWS's oldest protocol, name their operation in a form field. */
    static boolean isFor(Request request) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return request.getMethod().equals("POST")
                && request.getHttpURI().getPath().equals("/")
                && contentType != null
                && contentType.startsWith("application/x-www-form-urlencoded");
    }

    static Optional<AwsCall> call(Request request) throws Exception {
        Fields fields = Request.getParameters(request);
        String action = fields.getValue("Action");
        return Optional.ofNullable(action == null ? null : ACTIONS.get(action))
                .map(service -> new AwsCall(service, action));
    }

    /** @param contentType the request's: the answer comes in the same protocol */
    static Reply reply(AwsCall call, String contentType) {
        if (call.operation().equals("GetCallerIdentity")) {
            return xml("""
                    <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
                    <GetCallerIdentityResult><Arn>arn:aws:iam::%1$s:root</Arn><UserId>%1$s</UserId>\
                    <Account>%1$s</Account></GetCallerIdentityResult>\
                    <ResponseMetadata><RequestId>local-aws</RequestId></ResponseMetadata>\
                    </GetCallerIdentityResponse>""".formatted(ACCOUNT));
        }
        if (!call.operation().equals("PutMetricData")) {
            return AwsError.unknownOperation("local-aws has no " + call).reply(call.service(), contentType);
        }
        if (contentType.contains("cbor")) {
            byte[] emptyMap = {(byte) 0xa0};
            return new Reply(200, contentType, java.nio.ByteBuffer.wrap(emptyMap));
        }
        if (contentType.contains("json")) {
            return new Reply(200, contentType, StandardCharsets.UTF_8.encode("{}"));
        }
        return xml("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                + "<ResponseMetadata><RequestId>local-aws</RequestId></ResponseMetadata></PutMetricDataResponse>");
    }

    private static Reply xml(String body) {
        return new Reply(200, "text/xml", StandardCharsets.UTF_8.encode(body));
    }
}
