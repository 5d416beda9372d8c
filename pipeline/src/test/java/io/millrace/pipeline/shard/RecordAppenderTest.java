package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.PartitionLines;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Compression;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What becomes of a record where copies are dropped: an id seen before drops a copy, and decides nothing else. */
class RecordAppenderTest {

    private static final Layout LAYOUT = layout(Layout.VERSION);

    /** A copy of an event of an earlier record, and then one event more than the limit lets in. */
    private static final SourceRecord COPY_AND_MORE =
            PipelineRig.record(2, events(IntStream.rangeClosed(0, RecordAppender.PARTITION_LIMIT + 1)));

    @Test
    void afterACrashBehindTheDeadLettersNoEventIsMissing() {
        Map<String, String> first = objects(having(LAYOUT, 0), COPY_AND_MORE);
        Map<String, String> replay = objects(having(LAYOUT), COPY_AND_MORE);
        Map<String, String> lake = new HashMap<>(replay);
        first.keySet().stream()
                .filter(RecordAppenderTest::isDeadLetter)
                .forEach(path -> lake.put(path, first.get(path)));
        assertEquals(RecordAppender.PARTITION_LIMIT + 2, lines(lake), "each event once; the copy may pass");
        assertEquals(2, lines(deadLetters(lake)));
    }

    @Test
    void afterACrashBeforeTheDeadLettersNoEventIsThereTwice() {
        Map<String, String> first = objects(having(LAYOUT, 0), COPY_AND_MORE);
        Map<String, String> lake = new HashMap<>(objects(having(LAYOUT), COPY_AND_MORE));
        first.keySet().stream().filter(path -> !isDeadLetter(path)).forEach(path -> lake.put(path, first.get(path)));
        assertEquals(RecordAppender.PARTITION_LIMIT + 2, lines(lake), "each event once; the copy may pass");
    }

    @Test
    void whatTheLimitMadeADeadLetterMayBePutBackOnTheStream() {
        RecordAppender intake = having(LAYOUT);
        assertEquals(2, lines(deadLetters(objects(intake, COPY_AND_MORE))));
        SourceRecord redriven = PipelineRig.record(3, events(IntStream.of(RecordAppender.PARTITION_LIMIT)));
        assertEquals(1, lines(objects(intake, redriven)));
        assertEquals(0, lines(objects(intake, redriven)), "from now on it is a copy");
    }

    /** What an older release has begun under its rules is finished under them. */
    @Test
    void versionOneDropsACopyBeforeItCounts() {
        assertEquals(1, lines(deadLetters(objects(having(layout(1), 0), COPY_AND_MORE))));
        assertEquals(2, lines(deadLetters(objects(having(layout(1)), COPY_AND_MORE))));
    }

    @Property
    void idsDropLinesAndDecideNothingElse(@ForAll("data") String data, @ForAll("ids") List<Integer> seen) {
        SourceRecord record = PipelineRig.record(1, data);
        int[] ids = seen.stream().mapToInt(Integer::intValue).toArray();
        Map<String, String> with = objects(intake(LAYOUT, 3, ids), record);
        Map<String, String> without = objects(intake(LAYOUT, 3), record);
        assertEquals(deadLetters(without), deadLetters(with));
        with.forEach((path, text) -> {
            List<String> left =
                    new ArrayList<>(without.getOrDefault(path, "").lines().toList());
            assertTrue(text.lines().allMatch(left::remove), path);
        });
    }

    @Provide
    Arbitrary<List<Integer>> ids() {
        return Arbitraries.integers().between(0, 9).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> data() {
        Arbitrary<String> event = Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 5))
                .as((id, service) -> "{\"service\":\"s" + service + "\",\"id\":" + id + "}");
        return Arbitraries.oneOf(event, event, event, Arbitraries.of("rubbish", "7", "{\"service\":\"s1\"}"))
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("\n", pieces));
    }

    private static Layout layout(int version) {
        return new Layout(version, Compression.NONE, "service", "timestamp", Optional.of("id"));
    }

    private static RecordAppender having(Layout layout, int... ids) {
        return intake(layout, RecordAppender.PARTITION_LIMIT, ids);
    }

    /** @param ids seen before */
    private static RecordAppender intake(Layout layout, int limit, int... ids) {
        SeenIds seen = new SeenIds(10_000);
        IntStream.of(ids).forEach(id -> seen.add(Integer.toString(id)));
        return new RecordAppender(PipelineRig.SHARD, layout, Optional.of(seen), limit);
    }

    /** Of a service each. */
    private static String events(IntStream ids) {
        return ids.mapToObj(id -> "{\"service\":\"s" + id + "\",\"id\":" + id + "}")
                .collect(Collectors.joining("\n"));
    }

    /** What a batch of this record alone becomes, by folder. */
    private static Map<String, String> objects(RecordAppender intake, SourceRecord record) {
        ShardBuffer buffer = new ShardBuffer();
        intake.take(record, buffer, Instant.EPOCH);
        return buffer.seal().partitions().stream()
                .collect(Collectors.toMap(
                        lines -> lines.partition().path(), RecordAppenderTest::text, (a, b) -> a, TreeMap::new));
    }

    private static String text(PartitionLines lines) {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer slice : lines.slices()) {
            text.append(StandardCharsets.UTF_8.decode(slice.duplicate()));
        }
        return text.toString();
    }

    private static boolean isDeadLetter(String path) {
        return path.startsWith("_dead-letter/");
    }

    private static Map<String, String> deadLetters(Map<String, String> objects) {
        Map<String, String> letters = new TreeMap<>(objects);
        letters.keySet().removeIf(path -> !isDeadLetter(path));
        return letters;
    }

    private static long lines(Map<String, String> objects) {
        Stream<String> texts = objects.values().stream();
        return texts.mapToLong(text -> text.lines().count()).sum();
    }
}
