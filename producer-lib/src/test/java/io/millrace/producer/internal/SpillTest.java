package io.millrace.producer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.producer.SpillException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private static final long PLENTY = 1 << 20;

    @TempDir
    Path folder;

    private static List<Event> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Event(
                        "key-" + i % 3,
                        String.valueOf(i).getBytes(StandardCharsets.UTF_8),
                        0,
                        new CompletableFuture<>()))
                .toList();
    }

    private static List<Integer> numbers(Spill.Window window) {
        return window.frames().stream()
                .map(frame -> Integer.valueOf(new String(frame.data(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<Integer> drain(Spill spill) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        while (spill.hasUnread()) {
            Spill.Window window = spill.read(PLENTY);
            numbers.addAll(numbers(window));
            spill.settle(window);
        }
        return numbers;
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spill")).toList();
        }
    }

    @Test
    void whatWasAppendedComesBackInOrderAndNothingIsLeft() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            assertTrue(spill.append(events(0, 10)));
            assertTrue(spill.append(events(10, 30)));

            assertEquals(range(0, 30), drain(spill));
            assertEquals(List.of(), files());
        }
    }

    @Test
    void anotherProcessGoesOnWhereTheLastOneHadSettled() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(0, 100));
            spill.settle(spill.read(10 * Event.OVERHEAD_BYTES));
            spill.read(10 * Event.OVERHEAD_BYTES);
        }
        try (Spill spill = Spill.open(folder, PLENTY)) {
            assertEquals(90, spill.recovered());
            assertEquals(range(10, 100), drain(spill));
        }
    }

    @Test
    void aTornEndIsCutOffAndTheRestIsKept() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(0, 10));
        }
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut <= whole.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));
            try (Spill spill = Spill.open(folder, PLENTY)) {
                long left = spill.recovered();
                assertTrue(left < 10, "cut " + cut);
                spill.append(events(1000, 1001));
                List<Integer> expected = new ArrayList<>(range(0, (int) left));
                expected.add(1000);
                assertEquals(expected, drain(spill), "cut " + cut);
            }
        }
    }

    @Test
    void aFlippedByteEndsTheFileThere() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(0, 10));
        }
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (Spill spill = Spill.open(folder, PLENTY)) {
            assertEquals(range(0, 9), drain(spill));
        }
    }

    @Test
    void eventsFromMemoryGoBeforeThoseThatWait() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(10, 20));
            spill.putBefore(events(5, 10));
            spill.putBefore(events(0, 5));
            assertEquals(range(0, 20), drain(spill));
        }
    }

    @Test
    void eventsFromMemoryGoBetweenWhatIsBeingSentAndWhatWaits() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(0, 20));
            Spill.Window window = spill.read(10 * Event.OVERHEAD_BYTES);
            assertEquals(range(0, 10), numbers(window));
            spill.putBefore(events(100, 103));
            spill.settle(window);
            List<Integer> expected = new ArrayList<>(range(100, 103));
            expected.addAll(range(10, 20));
            assertEquals(expected, drain(spill));
        }
    }

    @Test
    void aFullFolderTakesNothingMoreUntilSomethingIsSettled() throws IOException {
        try (Spill spill = Spill.open(folder, 64 * 1024)) {
            int taken = 0;
            while (spill.append(events(taken, taken + 1))) {
                taken++;
            }
            assertTrue(spill.bytes() <= 64 * 1024);
            assertFalse(spill.putBefore(events(0, 1)));

            assertEquals(range(0, taken), drain(spill));
            assertTrue(spill.append(events(0, 1)));
        }
    }

    @Test
    void twoProducersCannotShareAFolder() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            assertTrue(spill.append(events(0, 1)));
            SpillException e = assertThrows(SpillException.class, () -> Spill.open(folder, PLENTY));
            assertTrue(e.getMessage().contains("PRODUCER_SPILL_DIR"), e.getMessage());
        }
    }

    @Test
    void aTornHeaderCountsNothingAsSettled() throws IOException {
        try (Spill spill = Spill.open(folder, PLENTY)) {
            spill.append(events(0, 10));
            spill.settle(spill.read(3 * Event.OVERHEAD_BYTES));
        }
        try (FileChannel file = FileChannel.open(files().get(0), StandardOpenOption.WRITE)) {
            file.write(java.nio.ByteBuffer.wrap(new byte[] {42}), 3);
        }
        try (Spill spill = Spill.open(folder, PLENTY)) {
            assertEquals(range(0, 10), drain(spill));
        }
    }
}
