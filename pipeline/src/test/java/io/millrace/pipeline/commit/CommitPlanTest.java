package io.millrace.pipeline.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.record.Position;
import io.millrace.pipeline.sink.Compression;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitPlanTest {

    private static final String CONFIGURED = "lake";
    private static final CommitPlan PLAN = new CommitPlan(
            new Position("49590338271490256608559692538361571095921575989136588898", 3),
            812,
            "logs-2024",
            new Layout(1, Compression.ZSTD, "resource.service.name", "ts\"", Optional.of("event_id")));

    @Test
    void isReadBackAsWritten() {
        assertEquals(PLAN, decode(PLAN.encode()));
        CommitPlan plain = new CommitPlan(new Position("1", 0), 1, "lake", Layout.standard());
        assertEquals(plain, decode(plain.encode()));
    }

    /** This very text stands in users' lease tables: whoever changes the format must still read it. */
    @Test
    void theStoredFormIsStable() {
        String stored =
                "{\"v\":2,\"first\":\"49590338271490256608559692538361571095921575989136588898:3\",\"records\":812,"
                        + "\"bucket\":\"logs-2024\",\"layout\":1,\"compression\":\"zstd\",\"service\":\"resource.service.name\",\"timestamp\":\"ts\\\"\","
                        + "\"dedupe\":\"event_id\"}";
        assertEquals(stored, new String(PLAN.encode(), StandardCharsets.UTF_8));
        assertEquals(PLAN, decode(stored.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the version before wrote. */
    @Test
    void aPlanWithoutABucketMeansTheOneThatIsConfigured() {
        String stored =
                "{\"v\":1,\"first\":\"49590338271490256608559692538361571095921575989136588898:3\",\"records\":812,"
                        + "\"layout\":1,\"compression\":\"zstd\",\"service\":\"resource.service.name\",\"timestamp\":\"ts\\\"\","
                        + "\"dedupe\":\"event_id\"}";
        CommitPlan configured = new CommitPlan(PLAN.first(), PLAN.records(), CONFIGURED, PLAN.layout());
        assertEquals(configured, decode(stored.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "other",
                "{}",
                "[]",
                "{\"v\":3}",
                "{\"v\":1,\"first\":\"1:0\",\"records\":1}",
                "{\"v\":2,\"first\":\"1:0\",\"records\":1,\"layout\":1,\"compression\":\"none\",\"service\":\"s\",\"timestamp\":\"t\"}",
                "{\"v\":1,\"first\":\"1:0\",\"records\":1,\"layout\":0,\"compression\":\"none\",\"service\":\"s\",\"timestamp\":\"t\"}",
                "{\"v\":1,\"first\":\"1:0\",\"records\":1,\"layout\":4,\"compression\":\"none\",\"service\":\"s\",\"timestamp\":\"t\"}",
                "{\"v\":1,\"first\":\"1:0\",\"records\":1,\"layout\":1,\"compression\":\"lz4\",\"service\":\"s\",\"timestamp\":\"t\"}",
                "{\"v\":1,\"first\":\"TRIM_HORIZON:0\",\"records\":1,\"layout\":1,\"compression\":\"none\",\"service\":\"s\",\"timestamp\":\"t\"}",
                "{\"v\":1,\"first\":\"1:0\",\"records\":1,\"layout\":1,\"compression\":\"none\",\"service\":\"s\",\"timestamp\":\"t\",\"new\":1}"
            })
    void whatAnotherVersionWroteIsRefusedInOneLine(String state) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> decode(state.getBytes(StandardCharsets.UTF_8)));
        assertTrue(e.getMessage().contains("run the version that wrote it"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    private static CommitPlan decode(byte[] state) {
        return CommitPlan.decode(state, CONFIGURED);
    }
}
