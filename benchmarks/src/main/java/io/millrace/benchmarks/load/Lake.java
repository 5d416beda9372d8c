package io.millrace.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** What lies in a bucket of local-aws, seen from its files: looking costs local-aws nothing. */
public record Lake(Path bucket) {

    private static final long LOOK_MILLIS = 1_000;

    /** How the lake differs from what was put: both should be 0. */
    public record Audit(long lost, long doubled) {}

    /** Bytes of all objects, and of such as are being written. */
    public long bytes() throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(bucket, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path object, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path object, IOException renamed) {
                return FileVisitResult.CONTINUE; // it was being written and has its name now: the next look sees it
            }
        });
        return bytes[0];
    }

    /** Looks at every line of events that {@link Events#event} made. */
    public Audit audit(long events) throws IOException {
        BitSet seen = new BitSet();
        long doubled = 0;
        for (Path object : objects()) {
            long[] lines = {0};
            long before = seen.cardinality();
            eachEvent(object, number -> {
                lines[0]++;
                seen.set(number);
            });
            doubled += lines[0] - (seen.cardinality() - before);
        }
        return new Audit(events - seen.cardinality(), doubled);
    }

    /**
     * Waits until every event is there.
     *
     * @param alive throws where nobody brings them any more
     */
    public void awaitAll(long events, Duration patience, Runnable alive) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (audit(events).lost() > 0) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IllegalStateException("not all of " + events + " events came: " + audit(events));
            }
            alive.run();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Whether an object beside those known holds an event of that number or a later one. */
    public boolean holdsFrom(long first, Set<Path> known) throws IOException {
        boolean[] found = {false};
        for (Path object : objects()) {
            if (!known.contains(object)) {
                eachEvent(object, number -> found[0] |= number >= first);
            }
        }
        return found[0];
    }

    /** Tells the number of each of an object's events. */
    static void eachEvent(Path object, IntConsumer number) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(object);
        } catch (NoSuchFileException e) {
            return; // it was being written and has its name now: the next look sees it
        }
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                number.accept(Events.number(bytes, start));
                start = i + 1;
            }
        }
    }

    public List<Path> objects() throws IOException {
        try (Stream<Path> paths = Files.walk(bucket)) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            return List.of(); // something was renamed meanwhile: the next look sees it
        }
    }

    /** Removes all objects; their metadata lie in the files. */
    public void clear() throws IOException {
        for (Path object : objects()) {
            Files.deleteIfExists(object);
        }
    }
}
