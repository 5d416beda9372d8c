package io.millrace.ingest.generate;

import java.io.IOException;

/** Where the generator's events come from. */
interface EventSource extends AutoCloseable {

    /** The next event's JSON; null at the end. */
    byte[] next() throws IOException;

    @Override
    void close() throws IOException;
}
