package io.millrace.benchmarks.codec;

import java.io.IOException;

/** Makes a batch of events into its objects' bodies. */
interface Codec {

    /** @return how many bytes the bodies have, line ends included */
    long encode() throws IOException;
}
