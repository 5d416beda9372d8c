package io.millrace.consumer.chaos;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.regex.Pattern;

/**
 * How often each event is in a bucket, read from local-aws's plain files. An object never changes, so that each is read
 * once. Not thread-safe.
 */
final class Tally {

    /** An object; what it is first written to has another name. */
    private static final Pattern OBJECT = Pattern.compile("part-[0-9a-f-]{36}\\.jsonl");

    private static final String START = "{\"id\":\"";

    private final Path bucket;
    private final Set<Path> read = new HashSet<>();
    private final BitSet seen = new BitSet();
    private final BitSet doubled = new BitSet();

    Tally(Path bucket) {
        this.bucket = bucket;
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
                int id = id(line);
                (seen.get(id) ? doubled : seen).set(id);
                visitor.accept(line, id);
            }
            read.add(object);
        }
        return fresh.size();
    }

    int objects() {
        return read.size();
    }

    /** The events that are there. */
    BitSet seen() {
        return seen;
    }

    /** The events that are there more than once. */
    BitSet doubled() {
        return doubled;
    }

    private List<Path> fresh() throws IOException {
        List<Path> fresh = new ArrayList<>();
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
        return fresh;
    }

    private static int id(String line) {
        if (!line.startsWith(START)) {
            throw new IllegalStateException("no event of ours: " + line);
        }
        return Integer.parseInt(line, START.length(), line.indexOf('"', START.length()), 10);
    }
}
