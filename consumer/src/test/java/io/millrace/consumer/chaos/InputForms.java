package io.millrace.consumer.chaos;

import static io.millrace.consumer.testing.Gzipped.gzip;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.kinesis.retrieval.kpl.Messages.AggregatedRecord;

/** Packs events into records in every form that the consumer takes, by chance. Not thread-safe. */
final class InputForms {

    /** What a KPL aggregate begins with, and ends with its MD5 (KPL, aggregation-format.md). */
    private static final byte[] KPL_MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private static final int MOST_EVENTS = 4;

    private final Random random;

    InputForms(Random random) {
        this.random = random;
    }

    /** A record, with the numbers of the events in it. */
    record Packed(List<Integer> ids, SdkBytes data) {

        static Packed plain(int id, String event) {
            return new Packed(List.of(id), SdkBytes.fromUtf8String(event));
        }
    }

    /** Each event in one record. */
    List<Packed> pack(Map<Integer, String> events) {
        List<Packed> packed = new ArrayList<>();
        List<Integer> ids = new ArrayList<>(events.keySet());
        while (!ids.isEmpty()) {
            List<Integer> some = ids.subList(0, Math.min(ids.size(), 1 + random.nextInt(MOST_EVENTS)));
            packed.add(new Packed(
                    List.copyOf(some),
                    SdkBytes.fromByteArray(data(some.stream().map(events::get).toList()))));
            some.clear();
        }
        return packed;
    }

    private byte[] data(List<String> events) {
        if (events.size() == 1) {
            return random.nextBoolean() ? bytes(events.get(0)) : gzip(bytes(events.get(0)));
        }
        return switch (random.nextInt(5)) {
            case 0 -> bytes(String.join("\n", events));
            case 1 -> bytes("[" + String.join(",", events) + "]");
            case 2 -> gzip(bytes(String.join("\n", events)));
            case 3 -> aggregate(events.stream().map(InputForms::bytes).toList());
            default -> {
                String rest = String.join(",", events.subList(1, events.size()));
                yield aggregate(List.of(gzip(bytes(events.get(0))), bytes("[" + rest + "]")));
            }
        };
    }

    private static byte[] aggregate(List<byte[]> records) {
        AggregatedRecord.Builder aggregate = AggregatedRecord.newBuilder().addPartitionKeyTable("key");
        for (byte[] data : records) {
            aggregate.addRecordsBuilder().setPartitionKeyIndex(0).setData(ByteString.copyFrom(data));
        }
        byte[] body = aggregate.build().toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(KPL_MAGIC);
        out.writeBytes(body);
        out.writeBytes(md5(body));
        return out.toByteArray();
    }

    private static byte[] md5(byte[] body) {
        try {
            return MessageDigest.getInstance("MD5").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
