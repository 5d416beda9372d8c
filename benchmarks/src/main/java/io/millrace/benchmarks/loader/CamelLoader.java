package io.millrace.benchmarks.loader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.SimpleCamelContext;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Camel's routes from {@code aws2-kinesis} to {@code aws2-s3}, one a shard: a route over all shards polls them by several
 * threads into one streaming upload, which then loses events.
 *
 * <p>Arguments: name; {@code stream} or {@code partitioned}; how old a buffered event may become, in milliseconds; shards.
 */
final class CamelLoader {

    /** Kinesis's limit (API reference, GetRecords); Camel's default is 1. */
    private static final int MAX_RESULTS = 10_000;
    /** An object as large as ours: FLUSH_BYTES. Camel's default is 1 MB and 10 messages. */
    private static final int OBJECT_BYTES = 16 << 20;

    private static final int OBJECT_EVENTS = 200_000;
    private static final int PARTITION_EVENTS = 10_000;
    /** Less than an object would make Camel drop what comes once its buffer is longer. */
    private static final int READ_BYTES = OBJECT_BYTES;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CamelLoader() {}

    public static void main(String[] args) throws Exception {
        String name = args[0];
        boolean partitioned = args[1].equals("partitioned");
        long flushMillis = Long.parseLong(args[2]);
        List<String> shards = List.of(args[3].split(","));
        @SuppressWarnings("resource") // for as long as the process lives
        SimpleCamelContext camel = new DefaultCamelContext();
        camel.getRegistry()
                .bind(
                        "kinesis",
                        KinesisClient.builder()
                                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(50))
                                .build());
        camel.getRegistry()
                .bind(
                        "s3",
                        S3Client.builder()
                                .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL")))
                                .forcePathStyle(true)
                                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(50))
                                .build());
        for (String shard : shards) {
            camel.addRoutes(partitioned ? partitioned(name, shard, flushMillis) : stream(name, shard, flushMillis));
        }
        camel.start();
        System.out.println(Loader.STARTED + "s");
        Thread.currentThread().join();
    }

    /** {@code greedy}: polls again at once where records came; else after 200 ms, Kinesis's limit. */
    private static String source(String name, String shard) {
        return "aws2-kinesis:" + name + "?amazonKinesisClient=#kinesis&iteratorType=TRIM_HORIZON&shardId=" + shard
                + "&maxResultsPerRequest=" + MAX_RESULTS + "&greedy=true&initialDelay=1&delay=200";
    }

    private static RouteBuilder stream(String name, String shard, long flushMillis) {
        String sink = "aws2-s3:" + name + "?amazonS3Client=#s3&streamingUploadMode=true&restartingPolicy=override"
                + "&namingStrategy=random&keyName=" + shard + ".jsonl&batchSize=" + OBJECT_BYTES
                + "&batchMessageNumber=" + OBJECT_EVENTS + "&bufferSize=" + READ_BYTES
                + "&streamingUploadTimeout=" + flushMillis;
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(source(name, shard)).process(CamelLoader::endLine).to(sink);
            }
        };
    }

    private static RouteBuilder partitioned(String name, String shard, long flushMillis) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(source(name, shard))
                        .process(CamelLoader::assign)
                        .aggregate(header("folder"), new Lines())
                        .completionSize(PARTITION_EVENTS)
                        .completionInterval(flushMillis)
                        .process(exchange -> exchange.getIn()
                                .setBody(exchange.getIn()
                                        .getBody(ByteArrayOutputStream.class)
                                        .toByteArray()))
                        .to("aws2-s3:" + name + "?amazonS3Client=#s3");
            }
        };
    }

    private static void endLine(Exchange exchange) {
        byte[] event = exchange.getIn().getBody(byte[].class);
        byte[] line = Arrays.copyOf(event, event.length + 1);
        line[event.length] = '\n';
        exchange.getIn().setBody(line);
    }

    private static void assign(Exchange exchange) throws IOException {
        byte[] event = exchange.getIn().getBody(byte[].class);
        JsonNode tree = MAPPER.readTree(event);
        exchange.getIn().setBody(event); // it was a stream, which the aggregator would read once more
        exchange.getIn()
                .setHeader(
                        "folder",
                        Folders.of(
                                tree.path("service").asText(),
                                tree.path("timestamp").asText()));
    }

    /** Adds an event's line to its partition's body. */
    private static final class Lines implements AggregationStrategy {
        @Override
        public Exchange aggregate(Exchange body, Exchange event) {
            byte[] bytes = event.getIn().getBody(byte[].class);
            Exchange into = body;
            if (into == null) {
                into = event;
                into.getIn().setBody(new ByteArrayOutputStream());
                String folder = event.getIn().getHeader("folder", String.class);
                into.getIn().setHeader(AWS2S3Constants.KEY, folder + "/part-" + UUID.randomUUID() + ".jsonl");
            }
            ByteArrayOutputStream lines = into.getIn().getBody(ByteArrayOutputStream.class);
            lines.write(bytes, 0, bytes.length);
            lines.write('\n');
            return into;
        }
    }
}
