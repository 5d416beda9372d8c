/**
 * What the ingestion interface and {@code generate} can be set to. The producer's settings are taken from its library.
 */
package io.millrace.ingest.config;
