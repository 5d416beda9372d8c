package io.millrace.localaws.s3;

import java.util.List;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** Virtual-hosted requests, with the bucket in the host name, as path-style ones. */
public final class BucketHosts {

    /** {@code bucket.localhost}, and the names under which LocalStack's users know it. */
    private static final List<String> SUFFIXES = List.of(
            ".s3.localhost.localstack.cloud",
            ".s3.us-east-1.localhost.localstack.cloud",
            ".s3.localhost",
            ".localhost");

    /** What stands for S3 itself, not for a bucket. */
    private static final String SERVICE = "s3";

    private BucketHosts() {}

    /** The request, with its bucket in the path wherever that came from. */
    public static Request toPathStyle(Request request) {
        String host = Request.getServerName(request);
        if (host == null) {
            return request;
        }
        for (String suffix : SUFFIXES) {
            if (host.length() > suffix.length() && host.endsWith(suffix)) {
                String bucket = host.substring(0, host.length() - suffix.length());
                return bucket.equals(SERVICE) ? request : inPath(request, bucket);
            }
        }
        return request;
    }

    private static Request inPath(Request request, String bucket) {
        HttpURI uri = request.getHttpURI();
        return Request.serveAs(
                request, HttpURI.build(uri).path("/" + bucket + uri.getPath()).asImmutable());
    }
}
