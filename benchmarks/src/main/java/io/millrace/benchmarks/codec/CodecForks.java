package io.millrace.benchmarks.codec;

import io.millrace.benchmarks.load.Events;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One operation: a batch of events becomes its objects' bytes. */
@State(Scope.Thread)
public class CodecForks {

    private static final int GENERATED = 16_000;

    /** Whose codec. */
    @Param({"ours", "jackson-tree", "jackson-record"})
    public String contender = "ours";

    /** Which events. */
    @Param({"real", "generated"})
    public String data = "generated";

    private Codec codec;
    private List<byte[]> events;
    private long bytes;

    /** What was done, and the processor time of the whole process that it took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Done {
        public long events;
        public long bytes;
        public long cpuNanos;

        private long last;

        @Setup(Level.Iteration)
        public void start() {
            last = cpu();
        }

        void count(long eventCount, long byteCount) {
            events += eventCount;
            bytes += byteCount;
            long now = cpu();
            cpuNanos += now - last;
            last = now;
        }

        private static long cpu() {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return system.getProcessCpuTime();
        }
    }

    @Setup
    public void prepare() throws IOException {
        events = data.equals("real") ? Events.real() : generated();
        bytes = events.stream().mapToLong(event -> event.length).sum();
        codec = switch (contender) {
            case "ours" -> new OurCodec(events);
            case "jackson-tree" -> new JacksonCodec(events, JacksonCodec.TREE);
            case "jackson-record" -> new JacksonCodec(events, JacksonCodec.RECORD);
            default -> throw new IllegalArgumentException(contender);
        };
        long out = codec.encode();
        if (out < bytes / 2) {
            throw new IllegalStateException(contender + " made " + out + " bytes of " + bytes);
        }
    }

    private static List<byte[]> generated() {
        Events usual = Events.usual();
        List<byte[]> generated = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            generated.add(usual.event(i));
        }
        return generated;
    }

    @Benchmark
    public long run(Done done) throws IOException {
        long out = codec.encode();
        done.count(events.size(), bytes);
        return out;
    }
}
