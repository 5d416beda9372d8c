/** What happens to a shard, as facts that listeners count and log. */
package io.millrace.pipeline.event;
