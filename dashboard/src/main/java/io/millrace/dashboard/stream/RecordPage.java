package io.millrace.dashboard.stream;

import java.util.List;

/**
 * One page of the records viewer.
 *
 * @param next to ask for the page that follows; null at the end of a shard that is closed
 * @param millisBehindLatest how far the page's end is behind the shard's
 */
public record RecordPage(String shardId, List<ShownRecord> records, String next, long millisBehindLatest) {}
