/**
 * Counts of what is in the buckets, kept by looking in the background: a tree of folders, each visited again the sooner
 * the more recently it changed.
 */
package io.millrace.dashboard.lake.index;
