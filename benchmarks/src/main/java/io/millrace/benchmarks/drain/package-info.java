/** A backlog, until all of it is in S3. */
package io.millrace.benchmarks.drain;
