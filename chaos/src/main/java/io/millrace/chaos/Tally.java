package io.millrace.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How often each event is, or was, in some buckets, read from local-aws's plain files. An object never changes, so that
 * each is read once; what goes goes through here, after it was read, so that whatever is written in its place is read as
 * well. Not thread-safe.
 */
final class Tally {

    /** An object; what it is first written to has another name. */
    private static final Pattern OBJECT = Pattern.compile("(part|compacted)-[0-9a-f-]{36}\\.jsonl");

    private static final Pattern DEAD = Pattern.compile("\"data\":\"([^\"]*)\"");
    private static final String DEAD_LETTERS = "_dead-letter";
    private static final String START = "{\"id\":\"";

    private final List<Path> buckets;
    private final Set<Path> read = new HashSet<>();
    private byte[] times = new byte[1 << 16];

    Tally(List<Path> buckets) {
        this.buckets = buckets;
    }

    /** Reads what is new; returns how many objects that were. */
    int refresh() throws IOException {
        return refresh((line, id) -> {});
    }

    /** Reads what is new, and shows each of its events. */
    int refresh(ObjIntConsumer<String> visitor) throws IOException {
        List<Path> fresh = fresh();
        for (Path object : fresh) {
            for (String line : Files.readAllLines(object)) {
                int id = id(isDeadLetter(object) ? dead(line) : line);
                count(id, 1);
                visitor.accept(line, id);
            }
            read.add(object);
        }
        return fresh.size();
    }

    private void count(int id, int by) {
        if (id >= times.length) {
            times = Arrays.copyOf(times, Math.max(id + 1, 2 * times.length));
        }
        times[id] = (byte) Math.min(Byte.MAX_VALUE, times[id] + by);
    }

    int objects() {
        return read.size();
    }

    /** The events that are, or were, there so often or more often. */
    BitSet seen(int least) {
        BitSet seen = new BitSet();
        IntStream.range(0, times.length).filter(id -> times[id] >= least).forEach(seen::set);
        return seen;
    }

    /** The objects with events that have been there for so long. */
    List<Path> older(Duration age) throws IOException {
        refresh();
        FileTime latest = FileTime.from(Instant.now().minus(age));
        List<Path> older = new ArrayList<>();
        for (Path object : read) {
            if (!isDeadLetter(object) && Files.getLastModifiedTime(object).compareTo(latest) <= 0) {
                older.add(object);
            }
        }
        older.sort(null);
        return older;
    }

    /** Deletes objects that were read; their events have been there. */
    void expire(List<Path> objects) throws IOException {
        for (Path object : objects) {
            read.remove(object);
            Files.delete(object);
        }
    }

    /** Makes one object of several that were read, in their folder; it counts in their stead. */
    void merge(List<Path> objects) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path object : objects) {
            lines.addAll(Files.readAllLines(object));
        }
        Path folder = objects.get(0).getParent();
        Path merged = folder.resolve("compacted-" + UUID.randomUUID() + ".jsonl");
        Path unfinished = Files.write(folder.resolve("compacting"), lines);
        expire(objects);
        lines.forEach(line -> count(id(line), -1));
        Files.move(unfinished, merged, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> fresh() throws IOException {
        List<Path> fresh = new ArrayList<>();
        for (Path bucket : buckets) {
            Files.walkFileTree(bucket, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (OBJECT.matcher(file.getFileName().toString()).matches() && !read.contains(file)) {
                        fresh.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE; // an object's first file, which has its name by now
                }
            });
        }
        return fresh;
    }

    private static boolean isDeadLetter(Path object) {
        for (Path name : object) {
            if (name.toString().equals(DEAD_LETTERS)) {
                return true;
            }
        }
        return false;
    }

    private static String dead(String line) {
        Matcher data = DEAD.matcher(line);
        if (!data.find()) {
            throw new IllegalStateException("a dead letter without data: " + line);
        }
        return new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8);
    }

    private static int id(String line) {
        if (!line.startsWith(START)) {
            throw new IllegalStateException("no event of ours: " + line);
        }
        return Integer.parseInt(line, START.length(), line.indexOf('"', START.length()), 10);
    }
}
