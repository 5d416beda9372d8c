package io.millrace.benchmarks.producer;

import java.net.URI;

/**
 * Where a contender sends to.
 *
 * @param endpoint by TLS, which the KPL insists on
 */
record Target(URI endpoint, String stream) {

    static final String REGION = "us-east-1";
}
