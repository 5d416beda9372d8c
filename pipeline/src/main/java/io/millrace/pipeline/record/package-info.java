/** What came from Kinesis: the types that every other package speaks of. */
package io.millrace.pipeline.record;
