package io.millrace.localaws;

import io.millrace.localaws.kinesis.KinesisResponse;
import io.millrace.localaws.kinesis.KinesisService;
import io.millrace.localaws.kinesis.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the streams and buckets that an instance starts with. */
final class Provisioning {

    private Provisioning() {}

    static void run(InitialResources resources, KinesisService kinesis, Path s3) throws IOException {
        for (String bucket : resources.buckets()) {
            Files.createDirectories(s3.resolve(bucket));
        }
        for (String stream : resources.streams()) {
            String request = "{\"StreamName\": \"%s\", \"ShardCount\": %d}".formatted(stream, resources.shards());
            KinesisResponse response =
                    kinesis.handle("CreateStream", WireFormat.JSON, request.getBytes(StandardCharsets.UTF_8));
            if (response.errorType() != null && !response.errorType().equals("ResourceInUseException")) {
                throw new IOException("cannot create the stream " + stream + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
        }
    }
}
