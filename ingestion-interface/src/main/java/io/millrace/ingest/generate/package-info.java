/** The load generator: {@code millrace-ingestion-interface.jar generate}. */
package io.millrace.ingest.generate;
