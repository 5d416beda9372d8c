package io.millrace.localaws.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3 as the SDK's own clients use it. */
class S3IT {

    private static final String BUCKET = "lake";

    /** Amazon S3's least for a part that is not the last. */
    private static final int PART_BYTES = 5 << 20;

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @BeforeAll
    static void makeBucket() {
        aws.createBucket(BUCKET);
    }

    @Test
    void anObjectIsAPlainFile() throws Exception {
        put("plain/service=a/part-1.jsonl", "{\"n\":1}\n");

        assertEquals(
                "{\"n\":1}\n",
                Files.readString(aws.localAws().dataDir().resolve("s3/lake/plain/service=a/part-1.jsonl")));
        assertEquals("{\"n\":1}\n", get("plain/service=a/part-1.jsonl"));
    }

    @Test
    void ifNoneMatchAnswers412AndKeepsTheFirst() {
        putNew("conditional/once", "first");

        S3Exception refused = assertThrows(S3Exception.class, () -> putNew("conditional/once", "second"));

        assertEquals(412, refused.statusCode());
        assertEquals("PreconditionFailed", refused.awsErrorDetails().errorCode());
        assertEquals("first", get("conditional/once"));
    }

    @Test
    void ofManyThatPutOneNewKeyAtOnceOneWins() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> puts = IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(i -> () -> isNew("conditional/race", "writer " + i))
                    .toList();
            int winners = 0;
            for (Future<Boolean> put : writers.invokeAll(puts)) {
                winners += put.get() ? 1 : 0;
            }
            assertEquals(1, winners);
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void streamsWithATrailingChecksum() {
        aws.s3Async()
                .putObject(
                        r -> r.bucket(BUCKET).key("trailer").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                        AsyncRequestBody.fromString("of unknown length until it ends"))
                .join();

        assertEquals("of unknown length until it ends", get("trailer"));
    }

    @Test
    void refusesABodyThatIsNotWhatItsChecksumSays() {
        S3Exception refused = assertThrows(
                S3Exception.class,
                () -> aws.s3()
                        .putObject(
                                r -> r.bucket(BUCKET).key("broken").checksumCRC32("AAAAAA=="),
                                RequestBody.fromString("no zeros")));

        assertEquals(400, refused.statusCode());
    }

    @Test
    void listsByPrefixDelimiterAndPage() {
        for (String key : List.of("list/service=a/1", "list/service=a/2", "list/service=b/1")) {
            put(key, "x");
        }

        assertEquals(
                List.of("list/service=a/", "list/service=b/"),
                aws.s3().listObjectsV2(r -> r.bucket(BUCKET).prefix("list/").delimiter("/")).commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .toList());
        assertEquals(
                List.of("list/service=a/1", "list/service=a/2", "list/service=b/1"),
                aws
                        .s3()
                        .listObjectsV2Paginator(
                                r -> r.bucket(BUCKET).prefix("list/").maxKeys(2))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList());
    }

    @Test
    void readsARange() {
        put("range", "0123456789");

        assertEquals(
                "345",
                aws.s3()
                        .getObjectAsBytes(r -> r.bucket(BUCKET).key("range").range("bytes=3-5"))
                        .asUtf8String());
    }

    @Test
    void putsTogetherParts() {
        byte[] content = new byte[PART_BYTES + 1_000];
        new Random(1).nextBytes(content);
        String id = aws.s3()
                .createMultipartUpload(r -> r.bucket(BUCKET).key("parts"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int part = 1; part <= 2; part++) {
            int number = part;
            byte[] slice =
                    Arrays.copyOfRange(content, (part - 1) * PART_BYTES, Math.min(content.length, part * PART_BYTES));
            String tag = aws.s3()
                    .uploadPart(
                            r -> r.bucket(BUCKET).key("parts").uploadId(id).partNumber(number),
                            RequestBody.fromBytes(slice))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        aws.s3()
                .completeMultipartUpload(
                        r -> r.bucket(BUCKET).key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));

        assertArrayEquals(
                content,
                aws.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key("parts")).asByteArray());
    }

    @Test
    void deletesManyAtOnce() {
        put("delete/1", "x");
        put("delete/2", "x");

        aws.s3()
                .deleteObjects(r -> r.bucket(BUCKET)
                        .delete(d -> d.objects(
                                ObjectIdentifier.builder().key("delete/1").build(),
                                ObjectIdentifier.builder().key("delete/2").build())));

        assertEquals(
                0,
                aws.s3().listObjectsV2(r -> r.bucket(BUCKET).prefix("delete/")).keyCount());
    }

    @Test
    void takesKeysAsHiveEscapesThem() {
        String key = "escaped/service=a%2Fb%25 c+d=ü/part";
        put(key, "x");

        assertEquals("x", get(key));
        assertTrue(aws.s3().listObjectsV2(r -> r.bucket(BUCKET).prefix("escaped/")).contents().stream()
                .anyMatch(object -> object.key().equals(key)));
    }

    @Test
    void saysWhatIsNotThere() {
        assertThrows(NoSuchKeyException.class, () -> get("nothing"));
        assertThrows(NoSuchBucketException.class, () -> aws.s3().listObjectsV2(r -> r.bucket("no-such-bucket")));
    }

    @Test
    void listsBuckets() {
        assertEquals(
                List.of(BUCKET),
                aws.s3().listBuckets().buckets().stream().map(Bucket::name).toList());
    }

    @Test
    void findsTheBucketInTheHostNameToo() throws Exception {
        put("hosted/1", "x");
        URI endpoint =
                URI.create("http://" + BUCKET + ".localhost:" + aws.endpoint().getPort());

        assertTrue(fetch(endpoint.resolve("/hosted/1")).endsWith("x"));
        String listing = fetch(endpoint.resolve("/?list-type=2&prefix=hosted/"));
        assertTrue(listing.contains("<Key>hosted/1</Key>"), listing);
        assertTrue(listing.contains("<KeyCount>1</KeyCount>"), listing);
    }

    /** Dials the address itself: not every system resolves names under localhost. */
    private static String fetch(URI uri) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            String request = "GET " + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                    + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static boolean isNew(String key, String content) {
        try {
            putNew(key, content);
            return true;
        } catch (S3Exception e) {
            assertEquals(412, e.statusCode());
            return false;
        }
    }

    private static void put(String key, String content) {
        aws.s3().putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private static void putNew(String key, String content) {
        aws.s3().putObject(r -> r.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(content));
    }

    private static String get(String key) {
        return aws.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
    }
}
