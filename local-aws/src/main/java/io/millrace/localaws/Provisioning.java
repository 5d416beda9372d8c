package io.millrace.localaws;

import io.millrace.localaws.kinesis.KinesisResponse;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.kinesis.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the streams and buckets that Millrace's processes use by default; what is there already stays as it is. */
final class Provisioning {

    private static final List<String> STREAMS = List.of("stage01-logs-stream", "stage01-metrics-stream");
    private static final List<String> BUCKETS = List.of("md-raw-logs", "md-raw-metrics", "md-raw-apm");

    private Provisioning() {}

    static void run(KinesisService kinesis, Path s3) throws IOException {
        for (String bucket : BUCKETS) {
            Files.createDirectories(s3.resolve(bucket));
        }
        for (String stream : STREAMS) {
            String request = "{\"StreamName\": \"%s\", \"ShardCount\": 1}".formatted(stream);
            KinesisResponse response =
                    kinesis.handle("CreateStream", WireFormat.JSON, request.getBytes(StandardCharsets.UTF_8));
            if (response.errorType() != null && !response.errorType().equals("ResourceInUseException")) {
                throw new IOException("cannot create the stream " + stream + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
        }
    }
}
