package io.millrace.localaws.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OperationTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, /, -, ListBuckets",
                "PUT, /b, -, CreateBucket",
                "PUT, /b/, -, CreateBucket",
                "HEAD, /b, -, HeadBucket",
                "DELETE, /b, -, DeleteBucket",
                "GET, /b, -, ListObjects",
                "GET, /b, list-type, ListObjectsV2",
                "GET, /b, uploads, ListMultipartUploads",
                "GET, /b, versions, ListObjectVersions",
                "GET, /b, location, GetBucketLocation",
                "PUT, /b, versioning, PutBucketVersioning",
                "DELETE, /b, policy, DeleteBucketPolicy",
                "POST, /b, delete, DeleteObjects",
                "PUT, /b/k, -, PutObject",
                "GET, /b/k/l, -, GetObject",
                "HEAD, /b/k, -, HeadObject",
                "DELETE, /b/k, -, DeleteObject",
                "POST, /b/k, uploads, CreateMultipartUpload",
                "PUT, /b/k, uploadId, UploadPart",
                "POST, /b/k, uploadId, CompleteMultipartUpload",
                "DELETE, /b/k, uploadId, AbortMultipartUpload",
                "GET, /b/k, uploadId, ListParts",
                "PUT, /b/k, tagging, PutObjectTagging",
                "GET, /b/k, acl, GetObjectAcl",
                "GET, /b/k, attributes, GetObjectAttributes",
            })
    void namesOperations(String method, String path, String query, String operation) {
        assertEquals(operation, S3Operation.of(method, path, query == null ? Set.of() : Set.of(query), false));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, CopyObject", "uploadId, UploadPartCopy"})
    void namesCopies(String query, String operation) {
        assertEquals(operation, S3Operation.of("PUT", "/b/k", query == null ? Set.of() : Set.of(query), true));
    }
}
