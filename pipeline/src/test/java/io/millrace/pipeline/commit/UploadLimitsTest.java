package io.millrace.pipeline.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UploadLimitsTest {

    private final UploadLimits limits = new UploadLimits(Runnable::run, 0, 1 << 20);

    @Test
    @Timeout(60)
    void whoeverIsGivenUpWaitsForMemoryNoLonger() throws Exception {
        Abandonment abandonment = new Abandonment();
        int all = limits.acquireMemory(1 << 20, abandonment);
        abandonment.abandon();
        assertThrows(AbandonedException.class, () -> limits.acquireMemory(1, abandonment));
        limits.releaseMemory(all);
        assertEquals(1, limits.acquireMemory(1, abandonment), "where there is room, the commit itself looks");
    }
}
