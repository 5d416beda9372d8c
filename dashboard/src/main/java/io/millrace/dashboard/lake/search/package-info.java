/** Finds events in the lake: the folders of a time range, their objects, the lines in them, within bounds. */
package io.millrace.dashboard.lake.search;
