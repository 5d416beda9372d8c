/** The ingestion interface: logs over HTTP into the stream, and a load generator. */
package io.millrace.ingest;
