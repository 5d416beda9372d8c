/** What stands in the lake in place of an event that could not be read. */
package io.millrace.lake.deadletter;
