package io.millrace.localaws.s3;

import java.util.Set;

/** Names an S3 request's operation as the API reference does; S3 tells them apart by method, path and query only. */
public final class S3Operation {

    private S3Operation() {}

    /**
     * @param path the request's path with the bucket in it, undecoded
     * @param query the query's parameter names
     * @param isCopy whether the request has an {@code x-amz-copy-source} header
     */
    public static String of(String method, String path, Set<String> query, boolean isCopy) {
        int slash = path.indexOf('/', 1);
        boolean isRoot = path.length() <= 1;
        boolean isBucket = !isRoot && (slash < 0 || slash == path.length() - 1);
        if (isRoot) {
            return "ListBuckets";
        }
        return isBucket ? ofBucket(method, query) : ofObject(method, query, isCopy);
    }

    private static String ofBucket(String method, Set<String> query) {
        for (String part : query) {
            String resource = switch (part) {
                case "acl" -> "BucketAcl";
                case "encryption" -> "BucketEncryption";
                case "lifecycle" -> "BucketLifecycleConfiguration";
                case "location" -> "BucketLocation";
                case "ownershipControls" -> "BucketOwnershipControls";
                case "policy" -> "BucketPolicy";
                case "publicAccessBlock" -> "PublicAccessBlock";
                case "tagging" -> "BucketTagging";
                case "versioning" -> "BucketVersioning";
                default -> null;
            };
            if (resource != null) {
                return verb(method) + resource;
            }
        }
        return switch (method) {
            case "HEAD" -> "HeadBucket";
            case "PUT" -> "CreateBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> query.contains("delete") ? "DeleteObjects" : "PostObject";
            default -> {
                if (query.contains("uploads")) {
                    yield "ListMultipartUploads";
                }
                if (query.contains("versions")) {
                    yield "ListObjectVersions";
                }
                yield query.contains("list-type") ? "ListObjectsV2" : "ListObjects";
            }
        };
    }

    private static String ofObject(String method, Set<String> query, boolean isCopy) {
        if (query.contains("acl")) {
            return verb(method) + "ObjectAcl";
        }
        if (query.contains("tagging")) {
            return verb(method) + "ObjectTagging";
        }
        if (query.contains("attributes")) {
            return "GetObjectAttributes";
        }
        boolean isUpload = query.contains("uploadId");
        return switch (method) {
            case "HEAD" -> "HeadObject";
            case "PUT" -> (isUpload ? "UploadPart" : isCopy ? "" : "PutObject") + copySuffix(isUpload, isCopy);
            case "DELETE" -> isUpload ? "AbortMultipartUpload" : "DeleteObject";
            case "POST" -> isUpload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            default -> isUpload ? "ListParts" : "GetObject";
        };
    }

    private static String copySuffix(boolean isUpload, boolean isCopy) {
        if (!isCopy) {
            return "";
        }
        return isUpload ? "Copy" : "CopyObject";
    }

    private static String verb(String method) {
        return switch (method) {
            case "PUT" -> "Put";
            case "DELETE" -> "Delete";
            default -> "Get";
        };
    }
}
