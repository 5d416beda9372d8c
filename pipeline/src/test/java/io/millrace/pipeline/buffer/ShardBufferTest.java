package io.millrace.pipeline.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.lake.partition.OutputPartition;
import io.millrace.pipeline.event.PipelineEvent.SealReason;
import io.millrace.pipeline.record.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShardBufferTest {

    private static final Instant NOW = Instant.parse("2025-11-09T13:00:00Z");

    @Property(tries = 300)
    void everyPartitionHasItsLinesInOrder(
            @ForAll @Size(max = 200) List<@IntRange(max = 4) Integer> partitions,
            @ForAll @IntRange(min = 1, max = 3 * ByteLog.BLOCK_BYTES) int length) {
        ShardBuffer buffer = new ShardBuffer();
        Map<OutputPartition, StringBuilder> expected = new HashMap<>();
        int line = 0;
        for (int partition : partitions) {
            String text = (++line + "-").repeat(length / (line % 7 + 5) + 1);
            OutputPartition output = new OutputPartition("service=s" + partition, partition);
            append(buffer, line, output, text);
            expected.computeIfAbsent(output, p -> new StringBuilder())
                    .append(text)
                    .append('\n');
        }
        if (partitions.isEmpty()) {
            return;
        }
        ShardBatch batch = buffer.seal();
        assertEquals(expected.size(), batch.partitions().size());
        for (PartitionLines lines : batch.partitions()) {
            String text = expected.get(lines.partition()).toString();
            assertEquals(text, text(lines));
            assertEquals(text.length(), lines.bytes());
            assertEquals(text.chars().filter(c -> c == '\n').count(), lines.lines());
        }
    }

    @Test
    void aBatchKnowsWhatItHolds() {
        ShardBuffer buffer = new ShardBuffer();
        append(buffer, 5, new OutputPartition("service=b", 1), "one");
        append(buffer, 6, new OutputPartition("service=a", 2), "two");
        append(buffer, 7, new OutputPartition("service=a", 1), "three");
        append(buffer, 8, OutputPartition.deadLetter("not-json", 0), "four");
        buffer.countDuplicate();
        buffer.countTimestampFallback();
        ShardBatch batch = buffer.seal();
        assertEquals("[5:0 .. 8:0]", batch.range().toString());
        assertEquals(4, batch.counts().records());
        assertEquals(3, batch.counts().written());
        assertEquals(1, batch.counts().deadLettered());
        assertEquals(1, batch.counts().deduplicated());
        assertEquals(1, batch.counts().timestampFallbacks());
        assertEquals(NOW.plusSeconds(5), batch.oldest());
        List<String> paths = batch.partitions().stream()
                .map(lines ->
                        lines.partition().prefix() + " " + lines.partition().epochHour())
                .toList();
        assertEquals(List.of("_dead-letter/reason=not-json 0", "service=a 1", "service=a 2", "service=b 1"), paths);
    }

    @Test
    void whatIsReservedIsWhatIsAllocated() {
        ShardBuffer buffer = new ShardBuffer();
        OutputPartition partition = new OutputPartition("service=a", 1);
        for (int length : new int[] {0, 1, 100, ByteLog.BLOCK_BYTES - 1, ByteLog.BLOCK_BYTES, 1_000_000}) {
            long before = buffer.memoryBytes();
            long promised = buffer.memoryFor(length + 1L, 1, 1);
            append(buffer, length, partition, "x".repeat(length));
            long grown = buffer.memoryBytes() - before;
            assertTrue(grown <= promised && grown >= promised - 1_000, grown + " of " + promised);
        }
    }

    @Property(tries = 300)
    void noRecordTakesMoreThanWasReserved(@ForAll List<@Size(max = 300) List<@IntRange(max = 400) Integer>> records) {
        ShardBuffer buffer = new ShardBuffer();
        int sequence = 0;
        for (List<Integer> record : records) {
            long partitions = record.stream().distinct().count();
            long promised = buffer.memoryFor(record.size() * 11L, record.size(), partitions);
            long before = buffer.memoryBytes();
            buffer.startRecord(new Position(Integer.toString(++sequence), 0), NOW);
            for (int service : record) {
                buffer.append(new OutputPartition("service=s" + service, 1), new byte[10], 0, 10);
            }
            assertTrue(buffer.memoryBytes() - before <= promised, buffer.memoryBytes() - before + " of " + promised);
        }
    }

    @Test
    void thePolicySealsAtTheFirstOfItsLimits() {
        FlushPolicy policy = new FlushPolicy(10, 3, Duration.ofSeconds(60));
        OutputPartition partition = new OutputPartition("service=a", 1);
        ShardBuffer buffer = new ShardBuffer();
        assertEquals(Optional.empty(), policy.due(buffer, NOW.plusSeconds(1_000)));
        append(buffer, 0, partition, "x");
        assertEquals(Optional.empty(), policy.due(buffer, NOW.plusSeconds(59)));
        assertEquals(Optional.of(SealReason.AGE), policy.due(buffer, NOW.plusSeconds(60)));
        append(buffer, 1, partition, "x");
        append(buffer, 2, partition, "x");
        assertEquals(Optional.of(SealReason.RECORDS), policy.due(buffer, NOW));
        append(buffer, 3, partition, "xxx");
        assertEquals(Optional.of(SealReason.BYTES), policy.due(buffer, NOW));
        assertThrows(IllegalArgumentException.class, () -> new FlushPolicy((1L << 30) + 1, 1, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new FlushPolicy(1, 0, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new FlushPolicy(1, 1, Duration.ZERO));
    }

    private static void append(ShardBuffer buffer, int sequence, OutputPartition partition, String text) {
        buffer.startRecord(new Position(Integer.toString(sequence), 0), NOW.plusSeconds(sequence == 5 ? 5 : 0));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.append(partition, bytes, 0, bytes.length);
    }

    private static String text(PartitionLines lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer slice : lines.slices()) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
