/** What the dashboard reads from Kinesis and from the consumer's lease table. */
package io.millrace.dashboard.stream;
