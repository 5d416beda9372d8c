package io.millrace.localaws.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Amazon's DynamoDBLocal behind our own server: its request handler is mounted, its server, which would listen on all
 * interfaces, and its telemetry stay unused.
 */
public final class DynamoDbService extends Handler.Abstract {

    /**
     * What DynamoDBLocal reads from every request. It refuses access keys that are not alphanumeric and requests
     * without a signature; local-aws takes any credentials, and one shared database serves them all.
     */
    private static final HttpField CREDENTIALS = new HttpField(
            HttpHeader.AUTHORIZATION,
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");

    /**
     * Tables are leases and checkpoints of Kinesis streams, which live in memory: kept longer than these, they would
     * point a consumer at sequence numbers that no stream has.
     */
    private static final boolean IN_MEMORY = true;

    private static final boolean SHARED_DATABASE = true;
    private static final boolean DELAYED_STATUS = false;

    /** Made at the first request, so that who needs no table does not wait for it. */
    private LocalDynamoDBServerHandler local;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return local().handle(new AnyCredentials(request), response, callback);
    }

    private synchronized LocalDynamoDBServerHandler local() {
        if (local == null) {
            SqliteLibrary.load();
            local = new LocalDynamoDBServerHandler(
                    new LocalDynamoDBRequestHandler(0, IN_MEMORY, null, SHARED_DATABASE, DELAYED_STATUS), null);
        }
        return local;
    }

    @Override
    protected synchronized void doStop() throws Exception {
        super.doStop();
        if (local != null) {
            local.close();
            local = null;
        }
    }

    private static final class AnyCredentials extends Request.Wrapper {
        private final HttpFields headers;

        AnyCredentials(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders()).put(CREDENTIALS);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
