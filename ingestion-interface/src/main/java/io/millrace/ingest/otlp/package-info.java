/** OTLP logs, protobuf and JSON, as events. Source: the OpenTelemetry protocol specification, 1.9. */
package io.millrace.ingest.otlp;
