/** From put to S3, at a steady rate. */
package io.millrace.benchmarks.latency;
