package io.millrace.localaws.front;

import io.millrace.localaws.dynamodb.DynamoDbService;
import io.millrace.localaws.fault.Faults;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.s3.BucketHosts;
import io.millrace.localaws.s3.S3Service;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The one door: finds out which operation a request calls, counts it, and hands it on past the faults in force. */
public final class Front extends Handler.Sequence {

    private final KinesisEndpoint kinesis;
    private final DynamoDbService dynamoDb;
    private final S3Service s3;
    private final Calls calls;
    private final Health health = new Health();
    private final Controls controls;
    private final FaultGate gate;

    public Front(KinesisService kinesis, DynamoDbService dynamoDb, S3Service s3, Faults faults, Calls calls) {
        super(dynamoDb, s3);
        this.kinesis = new KinesisEndpoint(kinesis);
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
        this.calls = calls;
        this.controls = new Controls(health, faults, calls);
        this.gate = new FaultGate(faults, this::serve);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Controls.isFor(request.getHttpURI().getPath())) {
            controls.reply(request).send(response, callback);
            return true;
        }
        serveOrRefuse(BucketHosts.toPathStyle(request), response, callback);
        return true;
    }

    private void serveOrRefuse(Request request, Response response, Callback callback) throws Exception {
        Optional<AwsCall> call = CallNames.of(request);
        if (call.isEmpty()) {
            AwsError.unknownOperation("local-aws has Kinesis, DynamoDB, S3, and of STS and CloudWatch a little")
                    .reply(AwsService.KINESIS, contentType(request))
                    .send(response, callback);
            return;
        }
        calls.count(call.get());
        health.called(call.get().service());
        gate.pass(call.get(), request, response, callback);
    }

    private void serve(AwsCall call, Request request, Response response, Callback callback) throws Exception {
        switch (call.service()) {
            case KINESIS -> kinesis.serve(call.operation(), contentType(request), request, response, callback);
            case DYNAMODB -> dynamoDb.handle(request, response, callback);
            case S3 -> s3.handle(request, response, callback);
            case STS, CLOUDWATCH -> QueryApi.reply(call, contentType(request)).send(response, callback);
        }
    }

    private static String contentType(Request request) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return contentType == null ? "" : contentType;
    }
}
