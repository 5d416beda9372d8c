package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is appended, sent, settled, and wherever the process dies, with its last event torn at any byte: what was not
 * settled comes back in order, once, without more than the torn event missing.
 */
class SpillProperties {
    private static final long CAPACITY = 1 << 20;
    private static final int STEPS = 60;

    private final Deque<Integer> expected = new ArrayDeque<>();
    private int next;

    @Property(tries = 150)
    void whatIsNotSettledComesBackInOrder(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("spill");
        expected.clear();
        next = 0;
        Spill spill = Spill.open(folder, CAPACITY);
        try {
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> append(spill, random);
                    case 2 -> putBefore(spill, random);
                    case 3 -> sendWindow(spill, random);
                    case 4 -> {
                        dieInTheMiddleOfAWindow(spill, random);
                        spill = Spill.open(folder, CAPACITY);
                        assertEquals(expected.size(), spill.recovered());
                    }
                    default -> {
                        spill.close();
                        tearLastEvent(folder, random);
                        spill = Spill.open(folder, CAPACITY);
                        assertEquals(expected.size(), spill.recovered());
                    }
                }
            }
            assertEquals(List.copyOf(expected), drain(spill));
        } finally {
            spill.close();
            delete(folder);
        }
    }

    private void append(Spill spill, Random random) throws IOException {
        List<Event> events = events(random);
        assertTrue(spill.append(events));
        events.forEach(event -> expected.addLast(number(event.data)));
    }

    private void putBefore(Spill spill, Random random) throws IOException {
        List<Event> events = events(random);
        assertTrue(spill.putBefore(events));
        for (int i = events.size() - 1; i >= 0; i--) {
            expected.addFirst(number(events.get(i).data));
        }
    }

    private void sendWindow(Spill spill, Random random) throws IOException {
        if (!spill.hasUnread()) {
            return;
        }
        Spill.Window window = spill.read(1 + random.nextInt(5000));
        window.frames().forEach(frame -> assertEquals(expected.removeFirst(), number(frame.data())));
        spill.settle(window);
    }

    private void dieInTheMiddleOfAWindow(Spill spill, Random random) throws IOException {
        if (spill.hasUnread()) {
            spill.read(1 + random.nextInt(5000));
        }
        spill.close();
    }

    /** Cuts between one byte and all of the last event off the last file. */
    private void tearLastEvent(Path folder, Random random) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            Path last = list.filter(file -> file.toString().endsWith(".spill"))
                    .max(Comparator.comparing(Path::toString))
                    .orElse(null);
            if (last == null || expected.isEmpty() || random.nextBoolean()) {
                return;
            }
            long frame = SpillSegment.frameBytes(event(expected.removeLast()));
            try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                file.truncate(file.size() - 1 - random.nextInt((int) frame));
            }
        }
    }

    private static List<Integer> drain(Spill spill) throws IOException {
        List<Integer> left = new ArrayList<>();
        while (spill.hasUnread()) {
            Spill.Window window = spill.read(10_000);
            window.frames().forEach(frame -> left.add(number(frame.data())));
            spill.settle(window);
        }
        return left;
    }

    private List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            events.add(event(next++));
        }
        return events;
    }

    /** Of a length that follows from its number. */
    private static Event event(int number) {
        byte[] data = (number + " " + "x".repeat(number * 7 % 50)).getBytes(StandardCharsets.UTF_8);
        return new Event("key-" + number % 3, data, 0, new CompletableFuture<>());
    }

    private static int number(byte[] data) {
        return Integer.parseInt(new String(data, StandardCharsets.UTF_8).split(" ")[0]);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
