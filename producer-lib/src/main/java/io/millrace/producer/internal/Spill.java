package io.millrace.producer.internal;

import io.millrace.producer.SpillException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spill folder: a bounded queue of events on disk, in files {@code <number>.spill} whose order is that of their numbers.
 * Thread-safe.
 *
 * <p>What was appended survives the process, not a crash of the machine. An event counts as settled when Kinesis has
 * answered; a process that dies in between sends it again.
 */
final class Spill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final String SUFFIX = ".spill";
    private static final long SEGMENT_BYTES = 16L << 20;

    /** In the middle, since events that left memory last of all come before those that are in files already. */
    private static final long FIRST_ID = 1L << 40;

    /** Events read to be sent. */
    record Window(List<SpillSegment.Frame> frames, long segment, long end) {}

    private final Path folder;
    private final long capacity;
    private final FileChannel lockFile;
    private final NavigableMap<Long, SpillSegment> segments = new TreeMap<>();
    private final long recovered;
    private SpillSegment tail;

    private Spill(Path folder, long capacity, FileChannel lockFile) throws IOException {
        this.folder = folder;
        this.capacity = capacity;
        this.lockFile = lockFile;
        long events = 0;
        for (Path path : files(folder)) {
            String name = path.getFileName().toString();
            SpillSegment segment =
                    new SpillSegment(path, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
            events += segment.recover(LOG::warn);
            segments.put(segment.id, segment);
        }
        this.recovered = events;
        removeSettled();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().matches("\\d{1,18}\\" + SUFFIX))
                    .toList();
        }
    }

    /**
     * Opens a folder, made where it is absent.
     *
     * @throws SpillException where it cannot be used, or another producer uses it
     */
    static Spill open(Path folder, long capacity) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new SpillException(
                        "another producer uses the spill folder " + folder + ": give each its own (PRODUCER_SPILL_DIR)",
                        null);
            }
            return new Spill(folder, capacity, lockFile);
        } catch (IOException e) {
            throw new SpillException("the spill folder " + folder + " cannot be used (PRODUCER_SPILL_DIR): " + e, e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Events that an earlier process left. */
    long recovered() {
        return recovered;
    }

    /** Whether there is something that was not read yet, behind which new events have to queue. */
    synchronized boolean hasUnread() {
        return segments.values().stream().anyMatch(SpillSegment::hasUnread);
    }

    synchronized long bytes() {
        return segments.values().stream().mapToLong(SpillSegment::bytes).sum();
    }

    /** Appends events, all or none; false where there is no room for them. */
    synchronized boolean append(List<Event> events) throws IOException {
        if (!hasRoom(events)) {
            return false;
        }
        if (tail == null || tail.bytes() >= SEGMENT_BYTES) {
            tail = newSegment(segments.isEmpty() ? FIRST_ID : segments.lastKey() + 1);
        }
        tail.append(events);
        return true;
    }

    /** Puts events before everything that was not read yet, all or none; false where there is no room for them. */
    synchronized boolean putBefore(List<Event> events) throws IOException {
        if (!hasRoom(events)) {
            return false;
        }
        newSegment(segments.isEmpty() ? FIRST_ID : segments.firstKey() - 1).append(events);
        return true;
    }

    private boolean hasRoom(List<Event> events) {
        long bytes = events.stream().mapToLong(SpillSegment::frameBytes).sum();
        return bytes() + SpillSegment.HEADER_BYTES + bytes <= capacity;
    }

    private SpillSegment newSegment(long id) throws IOException {
        SpillSegment segment = new SpillSegment(folder.resolve(id + SUFFIX), id);
        segments.put(id, segment);
        segment.settle(SpillSegment.HEADER_BYTES);
        return segment;
    }

    /** Reads the next events, up to about {@code maxBytes}, at least one where there is one. */
    synchronized Window read(long maxBytes) throws IOException {
        List<SpillSegment.Frame> frames = new ArrayList<>();
        for (SpillSegment segment : segments.values()) {
            long bytes = 0;
            while (segment.hasUnread() && bytes < maxBytes) {
                SpillSegment.Frame frame = segment.read();
                if (frame == null) {
                    throw new IOException("the spill file " + segment.id + SUFFIX + " became unreadable");
                }
                frames.add(frame);
                bytes += frame.data().length + (long) Event.OVERHEAD_BYTES;
            }
            if (!frames.isEmpty()) {
                return new Window(frames, segment.id, segment.readOffset());
            }
        }
        return new Window(frames, 0, 0);
    }

    /** The window's events need no more sending. */
    synchronized void settle(Window window) throws IOException {
        segments.get(window.segment()).settle(window.end());
        removeSettled();
    }

    private void removeSettled() throws IOException {
        List<SpillSegment> done =
                segments.values().stream().filter(SpillSegment::isSettled).toList();
        for (SpillSegment segment : done) {
            segments.remove(segment.id);
            tail = tail == segment ? null : tail;
            segment.delete();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (SpillSegment segment : segments.values()) {
            segment.close();
        }
        lockFile.close();
    }
}
