/** Producers compared: events a second until acknowledged, processor time, memory and latency. */
package io.millrace.benchmarks.producer;
