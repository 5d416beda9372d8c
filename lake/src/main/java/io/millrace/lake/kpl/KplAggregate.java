package io.millrace.lake.kpl;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record that the KPL put together from several (aggregation-format.md of the KPL): magic bytes, a message of protocol
 * buffers, and the message's MD5. What an aggregate is made of depends on its bytes alone; hash keys are not looked at.
 *
 * <pre>
 * message AggregatedRecord { repeated string partition_key_table = 1; repeated Record records = 3; … }
 * message Record           { required uint64 partition_key_index = 1; required bytes data = 3; repeated Tag tags = 4; … }
 * message Tag              { required string key = 1; … }
 * </pre>
 */
public final class KplAggregate {

    private static final int MAGIC = 0xF3899AC2;
    private static final int DIGEST_BYTES = 16;

    private static final int KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int RECORD = tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int RECORD_KEY = tag(1, WireFormat.WIRETYPE_VARINT);
    private static final int RECORD_DATA = tag(3, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int RECORD_TAG = tag(4, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int TAG_KEY = tag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private final List<String> keys = new ArrayList<>();
    private final List<RawPart> parts = new ArrayList<>();

    private record RawPart(long key, ByteBuffer data) {}

    /**
     * One of the records that were put together. Its place in the aggregate is its sub-sequence number.
     *
     * @param data a part of the aggregate's bytes, not a copy of them
     */
    public record Part(String partitionKey, ByteBuffer data) {}

    private KplAggregate() {}

    /** Whether a record's data begin as an aggregate's; most records do not, and need not be asked further. */
    public static boolean mayBe(ByteBuffer data) {
        return data.remaining() >= Integer.BYTES && data.getInt(data.position()) == MAGIC;
    }

    /**
     * An aggregate's records, in their order. What begins as an aggregate but is none, or has a key that is missing from its
     * table, is a record like any other.
     *
     * @param data a record's; its position and limit are left as they are
     * @return empty where it is no aggregate
     */
    public static Optional<List<Part>> read(ByteBuffer data) {
        if (!mayBe(data)) {
            return Optional.empty();
        }
        byte[] bytes = data.hasArray() ? data.array() : copy(data);
        int from = (data.hasArray() ? data.arrayOffset() + data.position() : 0) + Integer.BYTES;
        int length = data.remaining() - Integer.BYTES - DIGEST_BYTES;
        if (length <= 0 || !hasDigest(bytes, from, length)) {
            return Optional.empty();
        }
        KplAggregate aggregate = new KplAggregate();
        try {
            aggregate.read(CodedInputStream.newInstance(bytes, from, length));
        } catch (IOException e) { // no such message
            return Optional.empty();
        }
        return aggregate.hasItsKeys() ? Optional.of(aggregate.parts()) : Optional.empty();
    }

    private static byte[] copy(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }

    private static boolean hasDigest(byte[] bytes, int from, int length) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(bytes, from, length);
            return ByteBuffer.wrap(md5.digest()).equals(ByteBuffer.wrap(bytes, from + length, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which KPL aggregates need", e);
        }
    }

    private void read(CodedInputStream in) throws IOException {
        in.enableAliasing(true); // the parts' data are not copied
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == KEY) {
                keys.add(in.readString());
            } else if (tag == RECORD) {
                int rest = in.pushLimit(in.readRawVarint32());
                readPart(in);
                in.popLimit(rest);
            } else {
                skip(in, tag);
            }
        }
    }

    private void readPart(CodedInputStream in) throws IOException {
        long key = -1;
        ByteBuffer data = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == RECORD_KEY) {
                key = in.readUInt64();
            } else if (tag == RECORD_DATA) {
                data = in.readByteBuffer();
            } else if (tag == RECORD_TAG) {
                int rest = in.pushLimit(in.readRawVarint32());
                passTag(in);
                in.popLimit(rest);
            } else {
                skip(in, tag);
            }
        }
        if (data == null) {
            throw new IOException("a part without data");
        }
        parts.add(new RawPart(key, data));
    }

    /** Nobody asks for a part's tags, but one without its key makes the message a wrong one to KCL. */
    private static void passTag(CodedInputStream in) throws IOException {
        boolean hasKey = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            hasKey |= tag == TAG_KEY;
            skip(in, tag);
        }
        if (!hasKey) {
            throw new IOException("a tag without its key");
        }
    }

    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new IOException("the end of a group that has not begun");
        }
    }

    /** The table may stand behind the records. */
    private boolean hasItsKeys() {
        return parts.stream().allMatch(part -> part.key() >= 0 && part.key() < keys.size());
    }

    private List<Part> parts() {
        return parts.stream()
                .map(part -> new Part(keys.get((int) part.key()), part.data()))
                .toList();
    }

    private static int tag(int field, int type) {
        return field << 3 | type;
    }
}
