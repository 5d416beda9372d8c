package io.millrace.pipeline.sink;

import java.util.Optional;

/** How objects are compressed; decides their name's ending and their Content-Encoding. */
public enum Compression {
    NONE("", null),
    GZIP(".gz", "gzip"),
    ZSTD(".zst", "zstd");

    private final String suffix;
    private final String contentEncoding;

    Compression(String suffix, String contentEncoding) {
        this.suffix = suffix;
        this.contentEncoding = contentEncoding;
    }

    /** What follows {@code .jsonl} in the object's key. */
    public String suffix() {
        return suffix;
    }

    public Optional<String> contentEncoding() {
        return Optional.ofNullable(contentEncoding);
    }
}
