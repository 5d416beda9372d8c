package io.millrace.localaws.kinesis;

/** The two encodings that Kinesis speaks; the same members in both. */
public enum WireFormat {
    /** {@code application/x-amz-json-1.1}: timestamps are epoch seconds with a fraction, blobs are base64. */
    JSON("application/x-amz-json-1.1"),
    /** {@code application/x-amz-cbor-1.1}: timestamps are epoch milliseconds under tag 1, blobs are byte strings. */
    CBOR("application/x-amz-cbor-1.1");

    private final String contentType;

    WireFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The HTTP content type of requests and responses in this format. */
    public String contentType() {
        return contentType;
    }
}
