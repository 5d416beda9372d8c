package io.millrace.localaws.front;

import io.millrace.localaws.dynamodb.DynamoDbService;
import io.millrace.localaws.s3.S3Service;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The one door: finds out which service a request is for and hands it on. */
public final class Front extends Handler.Sequence {

    private final DynamoDbService dynamoDb;
    private final S3Service s3;
    private final Health health = new Health();

    public Front(DynamoDbService dynamoDb, S3Service s3) {
        super(dynamoDb, s3);
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getPath().equals(Health.PATH)) {
            Reply.json(health.json("0")).send(response, callback);
            return true;
        }
        Optional<AwsCall> call = CallNames.of(request);
        if (call.isEmpty()) {
            unknown().send(response, callback);
            return true;
        }
        return serve(call.get(), request, response, callback);
    }

    private boolean serve(AwsCall call, Request request, Response response, Callback callback) throws Exception {
        health.called(call.service());
        switch (call.service()) {
            case DYNAMODB -> dynamoDb.handle(request, response, callback);
            case S3 -> s3.handle(request, response, callback);
            default -> unknown().send(response, callback);
        }
        return true;
    }

    private static Reply unknown() {
        return Reply.json(
                400, "{\"__type\": \"UnknownOperationException\", \"message\": \"local-aws has no such operation\"}");
    }
}
