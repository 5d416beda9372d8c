/**
 * The outside view: sends a file of events with the producer library, as a service would, and compares what then lies in
 * the lake with what was sent. It shares no code with the consumer, so that a mistake there cannot excuse itself here.
 */
package io.millrace.lakecheck;
