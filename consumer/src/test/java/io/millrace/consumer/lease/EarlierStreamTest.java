package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class EarlierStreamTest {

    private static final Shard OPEN = shard("1000", null);
    private static final Shard CLOSED = shard("1000", "2000");

    @Test
    void aCheckpointBeforeTheShardsStartIsOfAnEarlierStream() {
        assertTrue(EarlierStream.isOfEarlierStream(new ExtendedSequenceNumber("999"), OPEN));
        assertFalse(EarlierStream.isOfEarlierStream(new ExtendedSequenceNumber("1000"), OPEN));
        assertFalse(EarlierStream.isOfEarlierStream(new ExtendedSequenceNumber("10000"), CLOSED));
    }

    @Test
    void theEndOfAShardThatIsOpenIsOfAnEarlierStream() {
        assertTrue(EarlierStream.isOfEarlierStream(ExtendedSequenceNumber.SHARD_END, OPEN));
        assertFalse(EarlierStream.isOfEarlierStream(ExtendedSequenceNumber.SHARD_END, CLOSED));
    }

    @Test
    void aShardNotYetBegunIsNot() {
        assertFalse(EarlierStream.isOfEarlierStream(ExtendedSequenceNumber.TRIM_HORIZON, OPEN));
        assertFalse(EarlierStream.isOfEarlierStream(ExtendedSequenceNumber.LATEST, OPEN));
    }

    private static Shard shard(String first, String last) {
        return Shard.builder()
                .shardId("shardId-000000000000")
                .sequenceNumberRange(
                        range -> range.startingSequenceNumber(first).endingSequenceNumber(last))
                .build();
    }
}
