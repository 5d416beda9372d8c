package io.millrace.benchmarks.producer;

import java.net.URI;

/**
 * Where a contender sends to.
 *
 * @param tlsPort the same endpoint by TLS, which the KPL insists on
 */
record Target(URI endpoint, int tlsPort, String stream) {

    static final String REGION = "us-east-1";
}
