package io.millrace.producer.internal;

/** A shard and the hash keys it takes, both ends included; a closed shard takes none any more. */
record ShardRange(String shardId, HashKey first, HashKey last, boolean open) {

    boolean holds(HashKey key) {
        return first.compareTo(key) <= 0 && key.compareTo(last) <= 0;
    }
}
