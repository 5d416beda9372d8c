/** Parse, assign, append and encode, on one core, by JMH. */
package io.millrace.benchmarks.codec;
