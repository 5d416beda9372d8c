package io.millrace.ingest;

import io.millrace.producer.ProducerConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * The ingestion interface's checked configuration.
 *
 * @param port 0 for any free port
 * @param token what a client has to show as its bearer token; empty for none
 * @param maxBodyBytes largest request body, inflated
 * @param maxEvents most events in a request
 * @param maxConcurrentBytes most bytes of request bodies held at once
 * @param syncTimeout how long {@code ?sync=true} waits for Kinesis
 * @param httpKeepAlive how long an idle connection stays open
 */
public record IngestConfig(
        String host,
        int port,
        Optional<String> token,
        int maxBodyBytes,
        int maxEvents,
        int maxConcurrentBytes,
        Duration syncTimeout,
        Duration httpKeepAlive,
        String logLevel,
        String logFormat,
        ProducerConfig producer) {}
