package io.millrace.localaws.kinesis;

import java.util.Optional;
import java.util.function.Predicate;

/** Which shards ListShards is asked for (API reference, ShardFilter). */
sealed interface ShardFilter {

    /** The types in AWS's words. */
    enum Type {
        AFTER_SHARD_ID,
        AT_TRIM_HORIZON,
        FROM_TRIM_HORIZON,
        AT_LATEST,
        AT_TIMESTAMP,
        FROM_TIMESTAMP
    }

    Predicate<Shard> over(KinesisStream stream, long nowMillis);

    /** What {@link #decode} reads. */
    String encode();

    static ShardFilter of(Optional<Request> given) {
        if (given.isEmpty()) {
            return new AfterShard("");
        }
        Request filter = given.get();
        Type type = filter.requiredEnum("Type", Type.class);
        boolean byTime = type == Type.AT_TIMESTAMP || type == Type.FROM_TIMESTAMP;
        if (byTime != filter.has("Timestamp") || (type == Type.AFTER_SHARD_ID) != filter.has("ShardId")) {
            throw ApiException.invalidArgument("ShardFilter " + type + " takes "
                    + (byTime ? "a Timestamp" : type == Type.AFTER_SHARD_ID ? "a ShardId" : "neither")
                    + " of Timestamp and ShardId, and not the other.");
        }
        if (type == Type.AFTER_SHARD_ID) {
            return AfterShard.of(filter.requiredText("ShardId"));
        }
        return new ByTime(type, filter.timestamp("Timestamp").orElse(0));
    }

    static ShardFilter decode(String text) {
        int colon = text.indexOf(':');
        Type type = Type.valueOf(text.substring(0, colon));
        String argument = text.substring(colon + 1);
        return type == Type.AFTER_SHARD_ID ? new AfterShard(argument) : new ByTime(type, Long.parseLong(argument));
    }

    /** All shards with a greater id. */
    record AfterShard(String shardId) implements ShardFilter {

        static AfterShard of(String shardId) {
            Constraint.shardId("ShardId", shardId);
            return new AfterShard(shardId);
        }

        @Override
        public Predicate<Shard> over(KinesisStream stream, long nowMillis) {
            return shard -> shard.id().compareTo(shardId) > 0;
        }

        @Override
        public String encode() {
            return Type.AFTER_SHARD_ID + ":" + shardId;
        }
    }

    /** The shards that were open at a time, or from it on. */
    record ByTime(Type type, long millis) implements ShardFilter {

        @Override
        public Predicate<Shard> over(KinesisStream stream, long nowMillis) {
            // A time before the oldest record means the oldest record.
            long horizon = Math.max(stream.createdMillis(), stream.trimHorizon(nowMillis));
            return switch (type) {
                case AT_LATEST -> shard -> shard.closing() == null;
                case AT_TRIM_HORIZON -> shard -> wasOpen(shard, horizon);
                case AT_TIMESTAMP -> shard -> wasOpen(shard, Math.max(millis, horizon));
                case FROM_TIMESTAMP -> shard -> closedNotBefore(shard, Math.max(millis, horizon));
                default -> shard -> closedNotBefore(shard, horizon);
            };
        }

        private static boolean wasOpen(Shard shard, long atMillis) {
            return shard.createdMillis() <= atMillis && closedNotBefore(shard, atMillis);
        }

        private static boolean closedNotBefore(Shard shard, long millis) {
            Shard.Closing closing = shard.closing();
            return closing == null || closing.millis() >= millis;
        }

        @Override
        public String encode() {
            return type + ":" + millis;
        }
    }
}
