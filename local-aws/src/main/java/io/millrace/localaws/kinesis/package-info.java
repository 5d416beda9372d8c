/**
 * Kinesis Data Streams in memory, held to AWS's API reference.
 *
 * <p>A request's way: {@link io.millrace.localaws.kinesis.KinesisService} picks the operation, the operation reads its
 * fields ({@code Request}, or {@code PutBatch} for records), acts on a {@code KinesisStream} and its {@code Shard}s, and
 * writes the answer. Records lie in {@code Segment}s of plain bytes, found by their place in the shard, so that neither
 * a put nor a get grows dearer with the number of records held.
 */
package io.millrace.localaws.kinesis;
