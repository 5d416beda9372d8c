package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.lake.deadletter.DeadLetterReason;
import io.millrace.pipeline.buffer.PartitionLines;
import io.millrace.pipeline.buffer.ShardBatch;
import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.ObjectKeys;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import io.millrace.pipeline.sink.Compression;
import io.millrace.pipeline.sink.Compressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the code to {@link Layout#VERSION}: what fixed records become under each version stands in a file, as each
 * object's key and the SHA-256 of its bytes. Two workers of different releases that disagree about it would double the
 * events of every commit that one of them leaves to the other.
 *
 * <p>Of compressed objects it is the SHA-256 of what they inflate to: the compressed bytes depend on the libraries (zstd's
 * version, the zlib that the JDK was built with), and differing there is harmless, for an object is put whole, once, and its
 * key stays the same.
 */
class LayoutGoldenTest {

    private static final ShardRef SHARD = new ShardRef("stream", "shardId-000000000003");
    /** A batch of more objects stands in the file as one line. */
    private static final int MOST_LINES = 40;

    static IntStream versions() {
        return IntStream.rangeClosed(1, Layout.VERSION);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void eachVersionMakesTheSameOfTheSameRecords(int version) throws IOException {
        List<String> made = GoldenBatch.all(version).stream()
                .flatMap(batch -> lines(batch, version))
                .toList();
        String file = "layout-" + version + ".txt";
        List<String> golden = golden(file);
        if (golden.equals(made)) {
            return;
        }
        Path actual = Files.write(Path.of("target", file), made);
        List<String> gone = new ArrayList<>(golden);
        gone.removeAll(made);
        List<String> come = new ArrayList<>(made);
        come.removeAll(golden);
        fail("layout " + version
                + " makes something else of fixed records than it did: a commit that one release prepares and"
                + " another finishes would be doubled. Undo the change; or raise Layout.VERSION, keep the old rules for plans"
                + " of the versions before, and add a file for the new one (the test has written " + actual
                + "). Gone: "
                + gone.stream().limit(3).toList() + ", new: "
                + come.stream().limit(3).toList());
    }

    /** All but the one that only a defect makes. */
    @Test
    void theRecordsHaveEveryReasonForADeadLetter() throws IOException {
        String golden = String.join("\n", golden("layout-" + Layout.VERSION + ".txt"));
        List<DeadLetterReason> missing = Stream.of(DeadLetterReason.values())
                .filter(reason -> !golden.contains("/reason=" + reason.text() + "/")
                        && !golden.contains(reason.text() + " ")) // the batches of many objects bear its name
                .toList();
        assertEquals(List.of(DeadLetterReason.INTERNAL_ERROR), missing);
    }

    private static List<String> golden(String file) throws IOException {
        try (InputStream in = LayoutGoldenTest.class.getResourceAsStream("/" + file)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }

    private static Stream<String> lines(GoldenBatch golden, int version) {
        Layout layout = golden.layout(version);
        RecordAppender intake = RecordAppender.of(SHARD, layout, 100_000);
        ShardBuffer buffer = new ShardBuffer();
        for (SourceRecord record : golden.records()) {
            intake.take(record, buffer, Instant.EPOCH);
        }
        ShardBatch batch = buffer.seal();
        List<String> objects = batch.partitions().stream()
                .map(lines -> golden.name() + " " + object(lines, batch, layout.compression()))
                .toList();
        if (objects.size() <= MOST_LINES) {
            return objects.isEmpty() ? Stream.of(golden.name() + " nothing") : objects.stream();
        }
        byte[] all = String.join("\n", objects).getBytes(StandardCharsets.UTF_8);
        return Stream.of(golden.name() + " " + objects.size() + " objects " + sha256(all));
    }

    private static String object(PartitionLines lines, ShardBatch batch, Compression configured) {
        Compression compression = ObjectKeys.compression(lines.partition(), configured);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (ByteBuffer slice : Compressor.content(lines.slices(), compression).slices()) {
            byte[] piece = new byte[slice.remaining()];
            slice.duplicate().get(piece);
            content.writeBytes(piece);
        }
        String key = ObjectKeys.key(SHARD, batch.range(), lines.partition(), compression)
                .value();
        return key + " " + sha256(inflated(content.toByteArray(), compression));
    }

    private static byte[] inflated(byte[] content, Compression compression) {
        try (InputStream in = new ByteArrayInputStream(content)) {
            return switch (compression) {
                case NONE -> content;
                case GZIP -> new GZIPInputStream(in).readAllBytes();
                case ZSTD -> new ZstdInputStream(in).readAllBytes();
            };
        } catch (IOException e) {
            throw new AssertionError("what was compressed cannot be read", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
