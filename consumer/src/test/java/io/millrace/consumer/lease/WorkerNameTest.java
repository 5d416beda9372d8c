package io.millrace.consumer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

/** Owners are unique, and still tell whose WORKER_ID they have. */
class WorkerNameTest {

    @Property(tries = 500)
    void eachStartIsAnotherOwnerOfTheSameWorkerId(@ForAll @NotBlank String workerId) {
        WorkerName first = WorkerName.incarnationOf(workerId);
        WorkerName second = WorkerName.incarnationOf(workerId);
        assertNotEquals(first.owner(), second.owner());
        assertTrue(second.isNamesake(first.owner()));
        assertFalse(first.isNamesake(first.owner()), "oneself");
        assertEquals(workerId, WorkerName.workerIdOf(first.owner()));
    }

    @Test
    void aVersionWithoutIncarnationsIsANamesakeToo() {
        assertTrue(WorkerName.incarnationOf("pod-0").isNamesake("pod-0"));
    }

    @Test
    void aLongerOrShorterNameIsAnotherWorkers() {
        WorkerName worker = WorkerName.incarnationOf("pod-1");
        assertFalse(worker.isNamesake("pod-10"));
        assertFalse(worker.isNamesake(WorkerName.incarnationOf("pod-10").owner()));
        assertFalse(worker.isNamesake(WorkerName.incarnationOf("pod").owner()));
        assertFalse(worker.isNamesake(WorkerName.incarnationOf("pod-1/a").owner()));
    }
}
