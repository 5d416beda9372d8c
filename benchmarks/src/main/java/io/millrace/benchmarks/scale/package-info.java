/** More shards, more workers, more output partitions. */
package io.millrace.benchmarks.scale;
