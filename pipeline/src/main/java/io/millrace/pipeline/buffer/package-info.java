/** Events in memory, within one budget. */
package io.millrace.pipeline.buffer;
