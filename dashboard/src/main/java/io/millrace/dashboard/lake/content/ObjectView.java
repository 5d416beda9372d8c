package io.millrace.dashboard.lake.content;

import java.time.Instant;
import java.util.List;

/**
 * Some lines of an object, as the object viewer shows them.
 *
 * @param size in bytes as stored
 * @param encoding how it is compressed
 * @param nextLine where to go on; null where everything was shown
 * @param stopped why it ends here: {@code page}, {@code end}, {@code bytes}, {@code time} or {@code broken}
 * @param problem what is wrong with the object where {@code stopped} is {@code broken}
 * @param scannedBytes read after decompression, for this answer
 */
public record ObjectView(
        String bucket,
        String key,
        long size,
        Instant lastModified,
        String contentType,
        String encoding,
        List<Line> lines,
        Long nextLine,
        String stopped,
        String problem,
        long scannedBytes) {}
