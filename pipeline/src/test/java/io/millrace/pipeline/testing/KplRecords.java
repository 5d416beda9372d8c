package io.millrace.pipeline.testing;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

/** Makes KPL aggregates, with KCL's classes. */
public final class KplRecords {

    private static final int MAGIC = 0xF3899AC2;
    private static final int DIGEST_BYTES = 16;

    private KplRecords() {}

    /** All under one key. */
    public static byte[] of(String key, List<byte[]> parts) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder().addPartitionKeyTable(key);
        for (byte[] part : parts) {
            aggregate.addRecords(Record.newBuilder().setPartitionKeyIndex(0).setData(ByteString.copyFrom(part)));
        }
        return framed(aggregate.build().toByteArray());
    }

    /** What makes a record of a message. */
    public static byte[] framed(byte[] message) {
        try {
            return ByteBuffer.allocate(Integer.BYTES + message.length + DIGEST_BYTES)
                    .putInt(MAGIC)
                    .put(message)
                    .put(MessageDigest.getInstance("MD5").digest(message))
                    .array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
