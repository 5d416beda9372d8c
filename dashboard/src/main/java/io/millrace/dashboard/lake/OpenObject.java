package io.millrace.dashboard.lake;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that is being read.
 *
 * @param size in bytes as stored
 * @param content the bytes as stored; closing it in the middle gives the connection up rather than read the rest
 */
public record OpenObject(long size, Instant lastModified, Optional<String> contentType, InputStream content) {}
