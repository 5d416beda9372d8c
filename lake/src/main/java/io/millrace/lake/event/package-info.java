/** One event in JSON: its scanner, the fields that place it in the lake, and its time. */
package io.millrace.lake.event;
