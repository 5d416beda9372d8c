package io.millrace.localaws.s3;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * What a bucket is told about itself and s3proxy does not know: encryption, lifecycle rules, a policy, ownership, access by the public. It is
 * kept as it was put and answered as it was put, so that what sets buckets up (Terraform, {@code awslocal}) sees what it has
 * done; nothing acts on it, and it is gone with the process. Safe for use by many threads.
 */
final class BucketSettings {

    /** S3's own limit for a policy is 20 KB; a thousand lifecycle rules, its most, take less than this. */
    private static final int MAX_BYTES = 1 << 20;

    /**
     * @param missing the error's code where nothing was put, from S3's API reference (its error responses, and those of each
     *     {@code GetBucket…} operation)
     * @param put the status that a PUT is answered with
     */
    private record Kind(String missing, int put, String contentType) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "encryption", new Kind("ServerSideEncryptionConfigurationNotFoundError", 200, "application/xml"),
            "lifecycle", new Kind("NoSuchLifecycleConfiguration", 200, "application/xml"),
            "ownershipControls", new Kind("OwnershipControlsNotFoundError", 200, "application/xml"),
            "policy", new Kind("NoSuchBucketPolicy", 204, "application/json"),
            "publicAccessBlock", new Kind("NoSuchPublicAccessBlockConfiguration", 200, "application/xml"));

    /** What a lifecycle configuration says in a header, and what S3 takes it for where it is not said. */
    private static final String LEAST_TRANSITION = "x-amz-transition-default-minimum-object-size";

    private static final String DEFAULT_LEAST_TRANSITION = "all_storage_classes_128K";

    private record Key(String bucket, String parameter) {}

    private record Document(String text, String leastTransition) {}

    private final BlobStore store;
    private final S3Requests requests;
    private final Map<Key, Document> kept = new ConcurrentHashMap<>();

    BucketSettings(BlobStore store, S3Requests requests) {
        this.store = store;
        this.requests = requests;
    }

    /** Whether the request was one of these, and is answered. */
    boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Key key = key(request);
        if (key == null) {
            return false;
        }
        if (!store.containerExists(key.bucket())) {
            requests.error(request, response, S3ErrorCode.NO_SUCH_BUCKET);
            return true;
        }
        Kind kind = KINDS.get(key.parameter());
        switch (request.getMethod()) {
            case "GET" -> get(key, kind, request, response);
            case "PUT" -> put(key, kind, request, response);
            case "DELETE" -> {
                kept.remove(key);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> requests.error(request, response, S3ErrorCode.METHOD_NOT_ALLOWED);
        }
        return true;
    }

    /** Forgets buckets that are gone; a bucket of the same name is a new one. */
    void forgetTheGone() {
        kept.keySet().removeIf(key -> !store.containerExists(key.bucket()));
    }

    private void get(Key key, Kind kind, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Document document = kept.get(key);
        if (document == null) {
            requests.error(
                    request,
                    response,
                    kind.missing(),
                    HttpServletResponse.SC_NOT_FOUND,
                    "The bucket " + key.bucket() + " has no " + key.parameter());
            return;
        }
        response.setContentType(kind.contentType());
        sayLeastTransition(key, document, response);
        response.getOutputStream().write(document.text().getBytes(StandardCharsets.UTF_8));
    }

    private void put(Key key, Kind kind, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes;
        try (InputStream body = request.getInputStream()) {
            bytes = body.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            requests.error(request, response, S3ErrorCode.INVALID_REQUEST);
            return;
        }
        String leastTransition = request.getHeader(LEAST_TRANSITION);
        Document document = new Document(
                new String(bytes, StandardCharsets.UTF_8),
                leastTransition == null ? DEFAULT_LEAST_TRANSITION : leastTransition);
        kept.put(key, document);
        sayLeastTransition(key, document, response);
        response.setStatus(kind.put());
    }

    private static void sayLeastTransition(Key key, Document document, HttpServletResponse response) {
        if (key.parameter().equals("lifecycle")) {
            response.setHeader(LEAST_TRANSITION, document.leastTransition());
        }
    }

    private static Key key(HttpServletRequest request) {
        String path = request.getRequestURI();
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        if (end <= 1 || path.lastIndexOf('/', end - 1) != 0) {
            return null;
        }
        return KINDS.keySet().stream()
                .filter(parameter -> request.getParameter(parameter) != null)
                .findFirst()
                .map(parameter -> new Key(path.substring(1, end), parameter))
                .orElse(null);
    }
}
