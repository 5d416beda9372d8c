package io.millrace.localaws.kinesis;

import java.time.Instant;
import java.util.List;

/**
 * A place to read on from, as the client carries it.
 *
 * @param streamCreatedMillis tells the stream from a later one of the same name
 * @param position index in the shard of the next record to be read
 */
record ShardIterator(String streamName, long streamCreatedMillis, int shardIndex, long position, long issuedMillis) {

    /** API reference, GetRecords: 1 to 512 characters. */
    private static final int MAX_CHARS = 512;

    static ShardIterator of(KinesisStream stream, Shard shard, long position, long nowMillis) {
        return new ShardIterator(stream.name(), stream.createdMillis(), shard.index(), position, nowMillis);
    }

    String encode() {
        return OpaqueToken.encode(streamName, streamCreatedMillis, shardIndex, position, issuedMillis);
    }

    static ShardIterator decode(String token, long nowMillis) {
        Constraint.length("ShardIterator", token, 1, MAX_CHARS);
        List<String> fields =
                OpaqueToken.decode(token, 5).orElseThrow(() -> ApiException.invalidArgument("Invalid ShardIterator."));
        ShardIterator iterator = new ShardIterator(
                fields.get(0),
                Long.parseLong(fields.get(1)),
                Integer.parseInt(fields.get(2)),
                Long.parseLong(fields.get(3)),
                Long.parseLong(fields.get(4)));
        long life = Limits.ITERATOR_LIFE.toMillis();
        if (nowMillis - iterator.issuedMillis > life) {
            throw ApiException.expiredIterator("Iterator expired. The iterator was created at time "
                    + Instant.ofEpochMilli(iterator.issuedMillis) + " while right now it is "
                    + Instant.ofEpochMilli(nowMillis) + " which is further in the future than the tolerated delay of "
                    + life + " milliseconds.");
        }
        return iterator;
    }

    ShardIterator at(long nextPosition, long nowMillis) {
        return new ShardIterator(streamName, streamCreatedMillis, shardIndex, nextPosition, nowMillis);
    }
}
