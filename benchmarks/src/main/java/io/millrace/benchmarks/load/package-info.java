/** Events to measure with, and the putting of them. */
package io.millrace.benchmarks.load;
