/** What local-aws's Kinesis takes and gives. */
package io.millrace.benchmarks.localaws;
