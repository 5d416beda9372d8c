/** Records that a Kinesis Producer Library put together into one. */
package io.millrace.lake.kpl;
