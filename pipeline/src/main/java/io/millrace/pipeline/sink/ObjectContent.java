package io.millrace.pipeline.sink;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An object's bytes, held in memory until it is stored; immutable, so a put may be tried again.
 *
 * @param slices the bytes in order, read-only, and the same each time they are asked for; whoever reads takes duplicates and leaves
 *     positions as they are
 * @param length the sum of the slices
 * @param contentEncoding {@code gzip} or {@code zstd} where compressed
 */
public record ObjectContent(
        Iterable<ByteBuffer> slices, long length, String contentType, Optional<String> contentEncoding) {}
