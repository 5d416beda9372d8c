package io.millrace.dashboard.lake;

import java.time.Instant;

/** An object as a listing tells it; {@code size} in bytes as stored. */
public record ObjectInfo(String key, long size, Instant lastModified) {}
