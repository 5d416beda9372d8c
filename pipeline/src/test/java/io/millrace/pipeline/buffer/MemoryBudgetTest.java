package io.millrace.pipeline.buffer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.buffer.MemoryBudget.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);
    private final List<String> sealed = new ArrayList<>();

    @Test
    void whatFitsIsHadAtOnce() throws InterruptedException {
        FakeShard shard = new FakeShard("a", true);
        assertTrue(shard.account.reserve(60, () -> true));
        assertTrue(shard.account.reserve(40, () -> true));
        shard.account.settle(30);
        assertEquals(30, budget.used());
        assertEquals(30, shard.account.heldBytes());
    }

    @Test
    void theLargestBufferIsSealedAndItsMemoryWaitedFor() throws InterruptedException {
        FakeShard small = new FakeShard("small", true);
        FakeShard large = new FakeShard("large", true);
        small.hold(30);
        large.hold(60);
        CompletableFuture<Boolean> waiting = reserve(small, 20);
        await().until(() -> sealed().contains("large"));
        assertFalse(waiting.isDone());
        large.account.releaseSealed();
        assertTrue(waiting.join());
        assertEquals(List.of("large"), sealed());
    }

    @Test
    void aShardSealsItsOwnWhereThatIsTheLargest() throws InterruptedException {
        FakeShard own = new FakeShard("own", true);
        own.hold(100);
        CompletableFuture<Boolean> waiting = reserve(own, 10);
        await().until(() -> sealed().contains("own"));
        own.account.releaseSealed();
        assertTrue(waiting.join());
    }

    @Test
    void whatIsLargerThanAllHasItAlone() throws InterruptedException {
        FakeShard first = new FakeShard("first", true);
        FakeShard other = new FakeShard("other", true);
        first.hold(10);
        CompletableFuture<Boolean> waiting = reserve(other, 1_000);
        await().until(() -> sealed().contains("first"));
        first.account.releaseSealed();
        assertTrue(waiting.join());
        assertEquals(1_000, budget.used());
    }

    @Test
    void whereNothingCanBeFreedOneAtATimeExceeds() throws InterruptedException {
        FakeShard replaying = new FakeShard("replaying", false);
        FakeShard other = new FakeShard("other", false);
        replaying.hold(50);
        other.hold(50);
        assertTrue(replaying.account.reserve(500, () -> true));
        CompletableFuture<Boolean> waiting = reserve(other, 10);
        assertTrue(replaying.account.reserve(500, () -> true));
        assertFalse(waiting.isDone());
        replaying.account.seal(1_050);
        assertFalse(waiting.isDone());
        replaying.account.releaseSealed();
        assertTrue(waiting.join());
    }

    @Test
    void aWaitEndsWhenItIsNotWanted() throws InterruptedException {
        FakeShard stuck = new FakeShard("stuck", true);
        stuck.hold(100);
        stuck.sealForMemory(); // and S3 does not answer
        boolean[] wanted = {true};
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> reserveUnchecked(stuck.account, 10, wanted));
        wanted[0] = false;
        assertFalse(waiting.join());
    }

    @Test
    void whoIsGoneHoldsNothingAndIsNotAsked() throws InterruptedException {
        FakeShard gone = new FakeShard("gone", true);
        FakeShard other = new FakeShard("other", true);
        gone.hold(100);
        gone.account.close();
        assertTrue(other.account.reserve(100, () -> true));
        assertEquals(List.of(), sealed());
    }

    @Test
    void whoIsClosedWhileItWaitsGetsNothing() throws Exception {
        FakeShard holder = new FakeShard("holder", false);
        FakeShard waiting = new FakeShard("waiting", false);
        holder.hold(100);
        holder.account.seal(100);
        boolean[] wanted = {true};
        CompletableFuture<Boolean> result =
                CompletableFuture.supplyAsync(() -> reserveUnchecked(waiting.account, 50, wanted));
        waiting.account.close();
        wanted[0] = false;
        holder.account.releaseSealed();
        assertEquals(false, result.get(10, TimeUnit.SECONDS));
        assertEquals(0, budget.used());
    }

    @Test
    void whatAClosedShardReportsLateIsNotCounted() {
        FakeShard gone = new FakeShard("gone", false);
        gone.account.close();
        assertFalse(gone.account.tryReserve(10));
        gone.account.settle(10);
        assertEquals(0, budget.used());
    }

    private CompletableFuture<Boolean> reserve(FakeShard shard, long bytes) {
        return CompletableFuture.supplyAsync(() -> reserveUnchecked(shard.account, bytes, new boolean[] {true}));
    }

    private static boolean reserveUnchecked(Account account, long bytes, boolean[] wanted) {
        try {
            return account.reserve(bytes, () -> wanted[0]);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> sealed() {
        synchronized (sealed) {
            return List.copyOf(sealed);
        }
    }

    /** A shard whose commit ends when the test says so. */
    private final class FakeShard implements MemoryBudget.Shard {

        private final String name;
        private final boolean maySeal;
        private final Account account;
        private long open;

        FakeShard(String name, boolean maySeal) {
            this.name = name;
            this.maySeal = maySeal;
            this.account = budget.open(this);
        }

        synchronized void hold(long bytes) throws InterruptedException {
            assertTrue(account.reserve(bytes, () -> true));
            open = bytes;
        }

        @Override
        public synchronized long sealableBytes() {
            return maySeal ? open : 0;
        }

        @Override
        public synchronized void sealForMemory() {
            account.seal(open);
            open = 0;
            synchronized (sealed) {
                sealed.add(name);
            }
        }
    }
}
