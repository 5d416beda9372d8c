package io.millrace.ingest;

/**
 * One environment variable of the ingestion interface's own.
 *
 * @param name the variable
 * @param defaultValue what holds where it is absent; empty for none
 * @param allowed what it may hold, in words
 * @param meaning what it is for
 */
public record IngestSetting(String name, String defaultValue, String allowed, String meaning) {}
