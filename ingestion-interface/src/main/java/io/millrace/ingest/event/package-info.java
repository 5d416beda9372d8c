/** Finds events in what clients send. */
package io.millrace.ingest.event;
