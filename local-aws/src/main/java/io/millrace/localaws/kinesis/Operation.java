package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One operation of the API. */
@FunctionalInterface
interface Operation {

    /** Reads the call and writes one object, or nothing where the API answers with an empty body. */
    void handle(Call call, JsonGenerator out) throws IOException;

    /**
     * What the client sent.
     *
     * @param nowMillis when it came; one call sees one time
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(WireFormat format, byte[] body, long nowMillis) {

        Request request() throws IOException {
            return Request.parse(format, body);
        }
    }
}
