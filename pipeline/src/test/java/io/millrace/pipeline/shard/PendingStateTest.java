package io.millrace.pipeline.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.commit.CommitPlan;
import io.millrace.pipeline.commit.Layout;
import io.millrace.pipeline.commit.PendingCommit;
import io.millrace.pipeline.record.Position;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PendingStateTest {

    @Test
    void whatIsStoredIsReadBack() {
        Position last = new Position("49680442561923013829009362688568274272717479993306775554", 7);
        CommitPlan plan = new CommitPlan(new Position("12", 0), 812, "lake", Layout.standard());
        assertEquals(new PendingCommit(last, plan), PendingState.decode(PendingState.encode(last, plan), "other"));
    }

    @Test
    void anotherApplicationsStateIsRefusedInOneLine() {
        byte[] foreign = "something".getBytes(StandardCharsets.UTF_8);
        String message = assertThrows(IllegalArgumentException.class, () -> PendingState.decode(foreign, "lake"))
                .getMessage();
        assertTrue(message.contains("was not made by this program"), message);
        assertThrows(IllegalArgumentException.class, () -> PendingState.decode(new byte[0], "lake"));
        assertThrows(IllegalArgumentException.class, () -> PendingState.decode(null, "lake"));
    }
}
