/** One shard's course, and its adapter to KCL. */
package io.millrace.pipeline.shard;
