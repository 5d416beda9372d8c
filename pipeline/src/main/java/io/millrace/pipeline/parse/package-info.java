/** A record's data to events. */
package io.millrace.pipeline.parse;
