package io.millrace.producer;

/** What is done to each record's data before it is sent. */
public enum Compression {
    /** The bytes as they came. */
    NONE,

    /** Gzip (RFC 1952), each record by itself; Millrace's consumer recognises it by its first two bytes. */
    GZIP
}
