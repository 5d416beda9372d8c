package io.millrace.localaws.front;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A response that never arrives: the operation is carried out, and its answer ends in a closed connection. */
final class AnswerLost extends Response.Wrapper {

    AnswerLost(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (content != null) {
            content.position(content.limit());
        }
        boolean goesOn = KinesisEndpoint.EVENT_STREAM.equals(getHeaders().get(HttpHeader.CONTENT_TYPE));
        if (last || goesOn) {
            drop(getRequest());
        }
        if (goesOn) {
            callback.failed(new EofException("answer lost, as told"));
        } else {
            callback.succeeded();
        }
    }

    /** For the end of the exchange, which may come without a write. */
    Callback dropping(Callback callback) {
        return Callback.from(
                () -> {
                    drop(getRequest());
                    callback.failed(new EofException("answer lost, as told"));
                },
                callback::failed);
    }

    static void drop(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
}
