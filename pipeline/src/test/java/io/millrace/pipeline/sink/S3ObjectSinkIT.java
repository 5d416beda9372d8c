package io.millrace.pipeline.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import io.millrace.pipeline.sink.ObjectSink.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class S3ObjectSinkIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @BeforeAll
    static void createBucket() {
        aws.createBucket("lake");
    }

    private final ObjectSink sink = new S3ObjectSink(aws.s3Async(), "lake", ObjectSettings.bucketDefaults());

    @Test
    void storesTheBytesUnderTheKeyOnce() throws SinkException {
        ObjectKey key = new ObjectKey("service=a%2Fb ünï+😀/year=2025/part-1.jsonl");
        assertEquals(Outcome.STORED, sink.put(key, content("one\n", "two\n")));
        assertEquals(Outcome.ALREADY_THERE, sink.put(key, content("other\n")));
        ResponseBytes<GetObjectResponse> object = get(key);
        assertEquals("one\ntwo\n", object.asUtf8String());
        assertEquals("application/x-ndjson", object.response().contentType());
        assertEquals("s3://lake/" + key, sink.location(key));
    }

    @Test
    void storesWhatIsCompressed() throws SinkException, IOException {
        ObjectKey key = new ObjectKey("service=a/part-1.jsonl.gz");
        Iterable<ByteBuffer> lines = content("one\n", "two\n").slices();
        sink.put(key, Compressor.content(lines, Compression.GZIP));
        ResponseBytes<GetObjectResponse> object = get(key);
        assertEquals("gzip", object.response().contentEncoding());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object.asByteArray()))) {
            assertEquals("one\ntwo\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void storesManyMegabytesInManySlices() throws SinkException {
        ObjectKey key = new ObjectKey("service=a/part-large.jsonl");
        String[] lines = new String[5_000];
        Arrays.fill(lines, "x".repeat(2_000) + "\n");
        assertEquals(Outcome.STORED, sink.put(key, content(lines)));
        assertEquals(5_000 * 2_001, get(key).asByteArray().length);
    }

    /** Else the SDK sends a checksum behind the bytes, in chunks of its own. */
    @Test
    void sendsTheBytesAsTheyAreAndTheirChecksumBefore() throws SinkException {
        List<SdkHttpRequest> sent = new CopyOnWriteArrayList<>();
        ExecutionInterceptor recorder = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                sent.add(context.httpRequest());
            }
        };
        try (S3AsyncClient client = S3AsyncClient.builder()
                .endpointOverride(aws.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(override -> override.addExecutionInterceptor(recorder))
                .build()) {
            ObjectKey key = new ObjectKey("service=a/part-sums.jsonl");
            new S3ObjectSink(client, "lake", ObjectSettings.bucketDefaults()).put(key, content("one\n", "two\n"));
            assertEquals("one\ntwo\n", get(key).asUtf8String());
        }
        SdkHttpRequest put = sent.get(0);
        assertEquals(Optional.of("EroL5g=="), put.firstMatchingHeader("x-amz-checksum-crc32"));
        assertEquals(Optional.of("8"), put.firstMatchingHeader("Content-Length"));
        assertEquals(Optional.empty(), put.firstMatchingHeader("x-amz-trailer"));
        assertEquals(Optional.empty(), put.firstMatchingHeader("Content-Encoding"));
    }

    @Test
    void saysWhyItDidNotStore() {
        ObjectSink nowhere = new S3ObjectSink(aws.s3Async(), "no-such-bucket", ObjectSettings.bucketDefaults());
        SinkException refused =
                assertThrows(SinkException.class, () -> nowhere.put(new ObjectKey("service=a/part-1"), content("x")));
        assertEquals("NoSuchBucket", refused.kind());
        assertTrue(refused.getMessage().startsWith("s3://no-such-bucket/service=a/part-1 was not stored: "));
    }

    private static ResponseBytes<GetObjectResponse> get(ObjectKey key) {
        return aws.s3().getObjectAsBytes(request -> request.bucket("lake").key(key.value()));
    }

    private static ObjectContent content(String... lines) {
        List<ByteBuffer> slices = Arrays.stream(lines)
                .map(line ->
                        ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer())
                .toList();
        return Compressor.content(slices, Compression.NONE);
    }
}
