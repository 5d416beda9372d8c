/** What the dashboard reads from S3: buckets, prefixes, objects and the events in them. */
package io.millrace.dashboard.lake;
