/** Whether Kinesis dropped records, their retention over, before they were read. */
package io.millrace.consumer.retention;
