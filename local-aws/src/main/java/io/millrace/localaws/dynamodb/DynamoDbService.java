package io.millrace.localaws.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.model.ListTablesRequest;
import io.millrace.localaws.fault.Faults;
import java.time.InstantSource;
import java.util.concurrent.FutureTask;
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

    /**
     * DynamoDBLocal has threads that outlive its closing, asleep, and keep a JVM from ending: those that it starts are in
     * this group, so that they can be woken up and end.
     */
    private final ThreadGroup threads = new ThreadGroup("dynamodb");

    private final Faults faults;
    private final InstantSource clock;

    /** Made at the first request, so that who needs no table does not wait for it. */
    private LocalDynamoDBServerHandler local;

    /** @param clock by which stale reads are told from others */
    public DynamoDbService(Faults faults, InstantSource clock) {
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return local().handle(new AnyCredentials(request), response, callback);
    }

    private synchronized LocalDynamoDBServerHandler local() throws Exception {
        if (local == null) {
            FutureTask<LocalDynamoDBServerHandler> opening = new FutureTask<>(this::open);
            new Thread(threads, opening, "dynamodb-open").start();
            local = opening.get();
        }
        return local;
    }

    private LocalDynamoDBServerHandler open() {
        SqliteLibrary.load();
        var requests = new ReplicaRequests(IN_MEMORY, SHARED_DATABASE, DELAYED_STATUS, faults, clock);
        // Opens the database, and with it the pool, whose threads are in the group of the thread that does so.
        requests.listTables("test", "us-east-1", new ListTablesRequest());
        return new LocalDynamoDBServerHandler(requests, null);
    }

    @Override
    protected synchronized void doStop() throws Exception {
        super.doStop();
        if (local != null) {
            local.close();
            local = null;
            threads.interrupt();
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
