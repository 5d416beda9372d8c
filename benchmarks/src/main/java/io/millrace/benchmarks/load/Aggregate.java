package io.millrace.benchmarks.load;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;
import software.amazon.kinesis.retrieval.kpl.Messages.Record;

/** Events in one record, as the KPL writes them (its aggregation-format.md): made with KCL's classes, not with ours. */
final class Aggregate {

    private Aggregate() {}

    /** @param key of them all */
    static SdkBytes of(String key, List<byte[]> events) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder().addPartitionKeyTable(key);
        for (byte[] event : events) {
            aggregate.addRecords(Record.newBuilder().setPartitionKeyIndex(0).setData(ByteString.copyFrom(event)));
        }
        byte[] message = aggregate.build().toByteArray();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(AggregatorUtil.AGGREGATED_RECORD_MAGIC);
        record.writeBytes(message);
        record.writeBytes(md5(message));
        return SdkBytes.fromByteArrayUnsafe(record.toByteArray());
    }

    private static byte[] md5(byte[] message) {
        try {
            return MessageDigest.getInstance("MD5").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
