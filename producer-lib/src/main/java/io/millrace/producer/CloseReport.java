package io.millrace.producer;

/**
 * What a close left behind.
 *
 * @param undelivered events that were accepted and not delivered; their futures failed
 * @param spilled events that lie in the spill file for the next start
 */
public record CloseReport(long undelivered, long spilled) {}
