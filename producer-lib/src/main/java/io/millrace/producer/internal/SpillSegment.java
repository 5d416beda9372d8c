package io.millrace.producer.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One file of spilled events, appended to at its end and settled from its beginning. Guarded by {@link Spill}.
 *
 * <p>The file, numbers big-endian:
 *
 * <pre>
 * 8 bytes  offset of the first frame that is not settled
 * 4 bytes  CRC-32 of these 8; where it is wrong, nothing counts as settled
 * frames:
 *   4 bytes  length of the payload
 *   4 bytes  CRC-32 of the payload
 *   payload: 2 bytes length of the partition key, the key in UTF-8, the data
 * </pre>
 *
 * A frame that is cut short or whose CRC is wrong ends the file: a process died while writing it.
 */
final class SpillSegment implements AutoCloseable {
    static final int HEADER_BYTES = 12;
    private static final int FRAME_HEADER_BYTES = 8;
    private static final int MAX_PAYLOAD_BYTES = KinesisLimits.RECORD_BYTES + 4096;

    final long id;
    private final Path path;
    private final FileChannel channel;
    private long end = HEADER_BYTES;
    private long settled = HEADER_BYTES;
    private long read = HEADER_BYTES;

    /** An event as it lies in the file, and where its frame ends. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
    record Frame(String partitionKey, byte[] data, long end) {}

    SpillSegment(Path path, long id) throws IOException {
        this.path = path;
        this.id = id;
        this.channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static long frameBytes(Event event) {
        return FRAME_HEADER_BYTES + 2L + event.size();
    }

    /** Finds out what an earlier process left; answers how many events are not settled and cuts off a torn end. */
    long recover(Consumer<String> warn) throws IOException {
        settled = readHeader();
        read = settled;
        end = settled;
        long events = 0;
        Frame frame = next(end);
        while (frame != null) {
            events++;
            end = frame.end();
            frame = next(end);
        }
        if (channel.size() > end) {
            warn.accept(path + " ends in " + (channel.size() - end) + " bytes of an event that was not written whole");
            channel.truncate(end);
        }
        return events;
    }

    private long readHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (channel.size() >= HEADER_BYTES) {
            readFully(header, 0);
            long offset = header.getLong(0);
            boolean whole = header.getInt(8) == crc(header.array(), 0, 8);
            if (whole && offset >= HEADER_BYTES && offset <= channel.size()) {
                return offset;
            }
        } else {
            channel.truncate(0);
            settle(HEADER_BYTES);
        }
        return HEADER_BYTES;
    }

    /** Appends the events, all or, where it fails, none. */
    void append(List<Event> events) throws IOException {
        long bytes = events.stream().mapToLong(SpillSegment::frameBytes).sum();
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (Event event : events) {
            byte[] key = event.partitionKey.getBytes(StandardCharsets.UTF_8);
            int at = buffer.position() + FRAME_HEADER_BYTES;
            int length = 2 + key.length + event.data.length;
            buffer.putInt(length)
                    .putInt(0)
                    .putShort((short) key.length)
                    .put(key)
                    .put(event.data);
            buffer.putInt(at - 4, crc(buffer.array(), at, length));
        }
        buffer.flip();
        try {
            long at = end;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            end = at;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** The next event that was not read; null where there is none. */
    Frame read() throws IOException {
        Frame frame = read < end ? next(read) : null;
        if (frame != null) {
            read = frame.end();
        }
        return frame;
    }

    private Frame next(long at) throws IOException {
        if (channel.size() < at + FRAME_HEADER_BYTES) {
            return null;
        }
        ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER_BYTES);
        readFully(header, at);
        int length = header.getInt(0);
        if (length < 2 || length > MAX_PAYLOAD_BYTES || channel.size() < at + FRAME_HEADER_BYTES + length) {
            return null;
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        readFully(payload, at + FRAME_HEADER_BYTES);
        if (header.getInt(4) != crc(payload.array(), 0, length)) {
            return null;
        }
        payload.flip();
        byte[] key = new byte[Math.min(payload.getShort(), length - 2)];
        payload.get(key);
        byte[] data = new byte[payload.remaining()];
        payload.get(data);
        return new Frame(new String(key, StandardCharsets.UTF_8), data, at + FRAME_HEADER_BYTES + length);
    }

    /** Everything before this offset needs no more sending. */
    void settle(long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(offset);
        header.putInt(crc(header.array(), 0, 8)).flip();
        channel.write(header, 0);
        settled = offset;
    }

    boolean hasUnread() {
        return read < end;
    }

    boolean isSettled() {
        return settled == end;
    }

    long bytes() {
        return end;
    }

    long readOffset() {
        return read;
    }

    void force() throws IOException {
        channel.force(false);
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        force();
        channel.close();
    }

    private void readFully(ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new IOException(path + " is shorter than it was");
            }
            at += count;
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
