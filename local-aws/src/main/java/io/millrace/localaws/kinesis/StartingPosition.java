package io.millrace.localaws.kinesis;

/**
 * Where a client wants to read a shard from. GetShardIterator and SubscribeToShard ask the same under other names.
 *
 * @param operation as messages name it
 * @param typeMember the request's member with the type
 * @param numberMember the request's member with the sequence number
 */
record StartingPosition(String operation, String typeMember, String numberMember) {

    static final StartingPosition OF_ITERATOR =
            new StartingPosition("GetShardIterator", "ShardIteratorType", "StartingSequenceNumber");
    static final StartingPosition OF_SUBSCRIPTION = new StartingPosition("SubscribeToShard", "Type", "SequenceNumber");

    private enum Type {
        AT_SEQUENCE_NUMBER,
        AFTER_SEQUENCE_NUMBER,
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP
    }

    /** Refuses a type that does not exist, before anything else is looked at. */
    void check(Request request) {
        request.requiredEnum(typeMember, Type.class);
    }

    /** The index in the shard of the first record to be read. */
    long index(Request request, Streams streams, KinesisStream stream, Shard shard, long nowMillis) {
        Type type = request.requiredEnum(typeMember, Type.class);
        boolean bySequence = type == Type.AT_SEQUENCE_NUMBER || type == Type.AFTER_SEQUENCE_NUMBER;
        if (bySequence != request.has(numberMember)) {
            throw ApiException.invalidArgument("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
                    + " " + numberMember + " or (2) TRIM_HORIZON or LATEST and no " + numberMember + ". Request"
                    + " specified " + type + (bySequence ? " and no " : " and also a ") + numberMember + ".");
        }
        if (type == Type.AT_TIMESTAMP != request.has("Timestamp")) {
            throw ApiException.invalidArgument(
                    "Timestamp goes with AT_TIMESTAMP and with no other type. Request specified " + type
                            + (request.has("Timestamp") ? " and also a" : " and no") + " Timestamp.");
        }
        return switch (type) {
            case TRIM_HORIZON -> 0;
            case LATEST -> shard.endIndex();
            case AT_TIMESTAMP -> shard.indexAtOrAfter(pastTimestamp(request, nowMillis));
            case AT_SEQUENCE_NUMBER ->
                Math.max(0, sequenceNumber(request, streams, stream, shard).recordIndex() - 1);
            case AFTER_SEQUENCE_NUMBER ->
                sequenceNumber(request, streams, stream, shard).recordIndex();
        };
    }

    private static long pastTimestamp(Request request, long nowMillis) {
        long millis = request.timestamp("Timestamp").orElseThrow();
        if (millis > nowMillis) {
            throw ApiException.invalidArgument("The timestampInMillis parameter cannot be greater than the"
                    + " currentTimestampInMillis. timestampInMillis: " + millis + ", currentTimestampInMillis: "
                    + nowMillis);
        }
        return millis;
    }

    private SequenceNumber sequenceNumber(Request request, Streams streams, KinesisStream stream, Shard shard) {
        String digits = request.requiredText(numberMember);
        return SequenceNumber.parse(digits)
                .filter(number -> number.isOfShard(shard.start()))
                .orElseThrow(() -> ApiException.invalidArgument(numberMember + " " + digits + " used in " + operation
                        + " on shard " + shard.id() + " in stream " + stream.name() + " under account "
                        + streams.accountId() + " is invalid because it did not come from this shard."));
    }
}
