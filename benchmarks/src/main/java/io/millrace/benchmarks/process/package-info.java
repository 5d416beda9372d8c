/** Contenders and local-aws as processes of their own, and what they use of the machine. */
package io.millrace.benchmarks.process;
