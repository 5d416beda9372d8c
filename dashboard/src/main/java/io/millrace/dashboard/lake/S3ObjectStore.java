package io.millrace.dashboard.lake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** S3 by the AWS SDK. */
public final class S3ObjectStore implements ObjectStore {

    private final S3Client s3;

    public S3ObjectStore(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public ObjectPage list(Listing listing) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(listing.bucket())
                .prefix(listing.prefix())
                .maxKeys(listing.maxKeys());
        if (!listing.delimiter().isEmpty()) {
            request.delimiter(listing.delimiter());
        }
        if (!listing.startAfter().isEmpty()) {
            request.startAfter(listing.startAfter());
        }
        listing.token().ifPresent(request::continuationToken);
        ListObjectsV2Response response = s3.listObjectsV2(request.build());
        return new ObjectPage(
                response.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
                response.contents().stream()
                        .map(object -> new ObjectInfo(object.key(), object.size(), object.lastModified()))
                        .toList(),
                Optional.ofNullable(response.nextContinuationToken()));
    }

    @Override
    public OpenObject open(String bucket, String key) {
        ResponseInputStream<GetObjectResponse> stream =
                s3.getObject(request -> request.bucket(bucket).key(key));
        GetObjectResponse response = stream.response();
        return new OpenObject(
                response.contentLength(),
                response.lastModified(),
                Optional.ofNullable(response.contentType()),
                new AbortingStream(stream));
    }

    /** Closing an HTTP stream in the middle would read it to its end first, to use the connection again. */
    private static final class AbortingStream extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> stream;
        private boolean ended;

        AbortingStream(ResponseInputStream<GetObjectResponse> stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            ended |= b < 0;
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            ended |= count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
            } else {
                stream.abort();
            }
        }
    }
}
