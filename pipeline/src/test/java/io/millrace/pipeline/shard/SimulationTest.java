package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.FlushPolicy;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.shard.Fault.Kind;
import io.millrace.pipeline.shard.TestRecord.Shape;
import io.millrace.pipeline.sink.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/**
 * The pipeline over a lease table and buckets that outlive its processes: whatever happens to these, each event is in
 * one of them exactly once. The fakes also hold every effect to its order: no put before a prepare, no checkpoint before the
 * last put (see {@link World}).
 */
class SimulationTest {

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void everyEventLandsExactlyOnce(@ForAll("scenarios") Scenario scenario) {
        scenario.run();
    }

    /** Two faults, at each pair of a run's effects, of each pair of kinds. */
    @Test
    void everyPairOfFaults() {
        List<TestRecord> records = records(List.of(Shape.values()), 7, false);
        List<Setup> setups = List.of(
                new Setup(settings(4, 2000, Compression.NONE, "service"), "one"),
                new Setup(settings(3, 1000, Compression.GZIP, "app"), "two"),
                new Setup(settings(50, 5000, Compression.ZSTD, "service"), "one"));
        int steps = new Scenario(records, 0, List.of(), setups, 1).run().effects.size();
        assertTrue(steps > 10, "effects: " + steps);
        for (Kind first : Kind.values()) {
            for (int at = 0; at < steps; at++) {
                for (Kind second : Kind.values()) {
                    for (int gap = 0; gap < 8; gap++) {
                        List<Fault> faults = List.of(new Fault(at, first), new Fault(gap, second));
                        runOrExplain(new Scenario(records, 0, faults, setups, at));
                    }
                }
            }
        }
    }

    private static void runOrExplain(Scenario scenario) {
        try {
            scenario.run();
        } catch (AssertionError e) {
            throw new AssertionError("with " + scenario.faults(), e);
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<List<Shape>> shapes =
                Arbitraries.of(Shape.class).list().ofMinSize(1).ofMaxSize(30);
        Arbitrary<Fault> fault = Combinators.combine(Arbitraries.integers().between(0, 12), Arbitraries.of(Kind.class))
                .as(Fault::new);
        Arbitrary<PipelineSettings> settings = Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(500, 5000),
                        Arbitraries.frequency(
                                Tuple.of(18, Compression.NONE),
                                Tuple.of(1, Compression.GZIP),
                                Tuple.of(1, Compression.ZSTD)),
                        Arbitraries.of("service", "app"),
                        Arbitraries.of(true, false))
                .as(SimulationTest::settings);
        Arbitrary<Setup> setup =
                Combinators.combine(settings, Arbitraries.of("one", "two")).as(Setup::new);
        return Combinators.combine(
                        shapes,
                        fault.list().ofMaxSize(6),
                        setup.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.longs(),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 3)))
                .as((s, f, p, seed, copies, start) ->
                        new Scenario(records(s, seed, copies), Math.min(start, s.size() - 1), f, p, seed));
    }

    private static PipelineSettings settings(int records, int ageMillis, Compression compression, String serviceField) {
        return settings(records, ageMillis, compression, serviceField, false);
    }

    /** Without dedupe some are as if an older release had made them. */
    private static PipelineSettings settings(
            int records, int ageMillis, Compression compression, String serviceField, boolean dedupe) {
        Optional<String> id = dedupe ? Optional.of("id") : Optional.empty();
        int version = dedupe || ageMillis % 4 > 0 ? Layout.VERSION : 1;
        Layout layout = new Layout(version, compression, serviceField, "timestamp", id);
        FlushPolicy flush = new FlushPolicy(1 << 20, records, Duration.ofMillis(ageMillis));
        return new PipelineSettings(layout, flush, 1 << 24, 0, 20);
    }

    /** What its producer, or a redrive, puts again of an earlier record. */
    private static TestRecord copy(TestRecord earlier, TestRecord fresh) {
        Position position = fresh.position();
        long sequence = Long.parseLong(position.sequenceNumber());
        int sub = (int) position.subSequenceNumber();
        boolean isAlone = earlier.lines().size() == 1
                && earlier.deadLetters() == 0
                && earlier.beyond().isEmpty();
        if (isAlone && fresh.deadLetters() > 0 && !fresh.beyond().isEmpty()) {
            return fresh.ahead(earlier);
        }
        boolean redrives = !earlier.beyond().isEmpty() && sequence % 2 == 0;
        return redrives ? earlier.redriven(sequence, sub) : earlier.again(sequence, sub);
    }

    /** @param copies whether producers put some of them again */
    private static List<TestRecord> records(List<Shape> shapes, long seed, boolean copies) {
        Random random = new Random(seed);
        List<TestRecord> records = new ArrayList<>();
        long sequence = 1000;
        int sub = 0;
        for (Shape shape : shapes) {
            boolean aggregated = random.nextInt(3) == 0;
            sequence += aggregated && !records.isEmpty() ? 0 : 1 + random.nextInt(5);
            sub = aggregated && !records.isEmpty() ? sub + 1 : 0;
            TestRecord fresh = TestRecord.of(sequence, sub, shape, random.nextInt(4), random.nextInt(3));
            boolean isCopy = copies && !records.isEmpty() && random.nextInt(3) == 0;
            records.add(isCopy ? copy(records.get(random.nextInt(records.size())), fresh) : fresh);
        }
        return records;
    }
}
