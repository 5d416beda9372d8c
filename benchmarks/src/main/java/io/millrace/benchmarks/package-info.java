/** Measures Millrace beside its peers: {@code benchmarks/run.sh}. */
package io.millrace.benchmarks;
