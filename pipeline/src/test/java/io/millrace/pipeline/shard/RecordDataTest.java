package io.millrace.pipeline.shard;

import static io.millrace.pipeline.shard.PipelineRig.record;
import static io.millrace.pipeline.testing.Gzipped.gzip;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.ShardBuffer;
import io.millrace.pipeline.record.ShardRef;
import io.millrace.pipeline.record.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record will take is known before it is taken in. */
class RecordDataTest {

    private static final int LONG = 3 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"no JSON %s", "{\"a\":\"%s\"}", "{\"a\":\n\"%s\"\n}", "{\"service\":\"%s\"}"})
    void linesAreNoLongerThanWasSaid(String form) {
        byte[] data = form.formatted("x".repeat(LONG)).getBytes(StandardCharsets.UTF_8);
        assertFits(record(1, data));
        assertFits(record(1, gzip(data)));
    }

    private static void assertFits(SourceRecord record) {
        RecordAppender intake = RecordAppender.of(
                new ShardRef("stream", "shardId-0"), PipelineRig.settings(1_000).layout(), 1);
        ShardBuffer buffer = new ShardBuffer();
        RecordData data = intake.read(record);
        long said = data.lineBytes();
        assertTrue(data.workBytes() >= LONG);
        while (!data.inflate()) {
            said = data.lineBytes();
        }
        intake.append(record, buffer, Instant.EPOCH);
        assertTrue(buffer.bytes() <= said, buffer.bytes() + " bytes, not " + said);
        assertTrue(data.data().length <= LONG, "the record's bytes are not held any longer");
    }
}
