package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLogTest {

    /** What the log must do, done simply. */
    private static final class Model {
        private final List<byte[]> keys = new ArrayList<>();
        private final List<byte[]> data = new ArrayList<>();
        private final List<Long> arrivals = new ArrayList<>();
        private int trimmedTo;
    }

    private final HeldBytes held = new HeldBytes(Long.MAX_VALUE);
    private final RecordLog log = new RecordLog(held, 1_000);
    private final Model model = new Model();
    private final int[] sizes = {0, 1, 300, 4_000, 70_000, 600_000, 1_200_000};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void doesWhatASimpleListWouldDo(long seed) {
        Random random = new Random(seed);
        long now = 1_000;
        for (int step = 0; step < 200; step++) {
            now += random.nextInt(50);
            int records = random.nextInt(20);
            int size = sizes[random.nextInt(random.nextInt(10) == 0 ? sizes.length : 4)];
            for (int i = 0; i < records; i++) {
                // The clock may go back; arrivals may not.
                append(now - random.nextInt(30), random.nextInt(size + 1), random);
            }
            if (random.nextInt(5) == 0) {
                trimBefore(now - random.nextInt(3_000));
            }
            checkRead(random);
            checkIndex(now - random.nextInt(4_000));
        }
        assertTrue(held.held() >= 0);
        log.dropAll();
        assertEquals(0, held.held());
        assertEquals(log.endIndex(), log.trimmedTo());
    }

    private void append(long now, int dataLength, Random random) {
        byte[] source = new byte[7 + dataLength];
        random.nextBytes(source);
        long arrival = log.append(now, source, 0, 7, 7, dataLength);
        long last = model.arrivals.isEmpty() ? 1_000 : model.arrivals.get(model.arrivals.size() - 1);
        assertEquals(Math.max(now, last), arrival);
        model.keys.add(Arrays.copyOf(source, 7));
        model.data.add(Arrays.copyOfRange(source, 7, source.length));
        model.arrivals.add(arrival);
        assertEquals(model.data.size(), log.endIndex());
    }

    private void trimBefore(long millis) {
        log.trimBefore(millis);
        while (model.trimmedTo < model.data.size() && model.arrivals.get(model.trimmedTo) < millis) {
            model.trimmedTo++;
        }
        assertEquals(model.trimmedTo, log.trimmedTo());
    }

    private void checkRead(Random random) {
        int from = random.nextInt(model.data.size() + 1);
        int maxRecords = 1 + random.nextInt(100);
        int maxBytes = 1 + random.nextInt(500_000);
        RecordLog.Slice slice = log.read(from, maxRecords, maxBytes);
        int index = Math.max(from, model.trimmedTo);
        int bytes = 0;
        int taken = 0;
        while (index < model.data.size()
                && taken < maxRecords
                && (taken == 0 || bytes + 7 + model.data.get(index).length <= maxBytes)) {
            bytes += 7 + model.data.get(index).length;
            taken++;
            index++;
        }
        assertEquals(taken, slice.size());
        assertEquals(bytes, slice.bytes());
        assertEquals(index, slice.next());
        assertEquals(index < model.data.size() ? model.arrivals.get(index) : Long.MAX_VALUE, slice.nextArrival());
        int expected = index - taken;
        for (Segment.View view : slice.views()) {
            assertEquals(expected, view.firstIndex());
            for (int i = 0; i < view.size(); i++, expected++) {
                assertEquals(model.arrivals.get(expected), view.arrival(i));
                assertSame(model.keys.get(expected), view.bytes(), view.keyStart(i), view.keyLength(i));
                assertSame(model.data.get(expected), view.bytes(), view.dataStart(i), view.dataLength(i));
            }
        }
    }

    private static void assertSame(byte[] expected, byte[] bytes, int start, int length) {
        assertTrue(Arrays.equals(expected, 0, expected.length, bytes, start, start + length));
    }

    private void checkIndex(long millis) {
        int index = model.trimmedTo;
        while (index < model.data.size() && model.arrivals.get(index) < millis) {
            index++;
        }
        assertEquals(index, log.indexAtOrAfter(millis));
    }

    @Test
    void aViewStaysAsItWasWhileTheLogGoesOn() {
        byte[] source = new byte[3_000];
        log.append(1_000, source, 0, 1, 1, 2_999);
        Segment.View view = log.read(0, 10, 10_000).views().get(0);
        for (int i = 0; i < 1_000; i++) {
            log.append(1_000, source, 0, 1, 1, 2_999);
        }
        log.dropAll();
        assertEquals(1, view.size());
        assertEquals(2_999, view.dataLength(0));
        assertEquals(1_000, view.arrival(0));
    }

    @Test
    void takesLittleMoreThanTheBytesGiven() {
        byte[] source = new byte[310];
        for (int i = 0; i < 200_000; i++) {
            log.append(1_000, source, 0, 10, 10, 300);
        }
        double perRecord = held.held() / 200_000.0;
        assertTrue(perRecord < 335, "bytes of heap a record of 310: " + perRecord);
    }
}
