/** An event to its output partition: pure functions. */
package io.millrace.lake.partition;
