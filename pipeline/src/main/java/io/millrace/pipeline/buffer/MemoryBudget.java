package io.millrace.pipeline.buffer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The memory that all shards of the process may hold for records that are not yet committed. Thread-safe.
 *
 * <p>Whoever wants more than is left waits. While somebody waits, the largest open buffers are sealed early, until half
 * of the memory is on its way to S3. Nobody waits for ever: what is being committed is freed when S3 answers or the lease
 * is lost, neither of which needs memory from here; and where nothing is being committed and no buffer may be sealed
 * (one record larger than all the memory, or replays, which must not be cut), one shard at a time may exceed the limit
 * until its buffer is sealed.
 *
 * <p>Locks: a shard may call in here while it holds its own lock, except for {@link Account#reserve}; nothing in here
 * calls a shard while it holds this object's.
 */
public final class MemoryBudget {

    /** A shard that may be asked to seal its buffer. Called by other shards' threads. */
    public interface Shard {

        /** Bytes that {@link #sealForMemory} would send on their way; 0 where it may not seal now. */
        long sealableBytes();

        /** Seals the open buffer and lets its commit begin, without waiting for it. */
        void sealForMemory();
    }

    private static final long RECHECK_MILLIS = 100;

    private final long limit;
    private final List<Account> accounts = new CopyOnWriteArrayList<>();
    private long used;
    private long committing;
    /** How many commits have freed their memory. */
    private long released;

    private Account exceeding;

    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    public Account open(Shard shard) {
        Account account = new Account(shard);
        accounts.add(account);
        return account;
    }

    public synchronized long used() {
        return used;
    }

    private boolean take(Account account, long bytes, BooleanSupplier wanted) throws InterruptedException {
        while (!tryTake(account, bytes)) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            long before = released();
            if (!sealLargest()) {
                letExceed(account, before);
            }
            awaitRoom(account, bytes);
        }
        return true;
    }

    private synchronized boolean tryTake(Account account, long bytes) {
        boolean fits = fits(account, bytes);
        if (fits) {
            used += bytes;
            account.open += bytes;
        }
        return fits;
    }

    private boolean fits(Account account, long bytes) {
        return !account.closed && (used + bytes <= limit || used == 0 || exceeding == account);
    }

    /** @return whether a buffer was sealed, or enough is on its way already */
    private boolean sealLargest() {
        boolean sealed = false;
        for (int i = 0; i < accounts.size(); i++) { // each seals once at most
            Account largest = largestSealable();
            if (isHalfCommitting() || largest == null) {
                return sealed || largest != null;
            }
            largest.shard.sealForMemory();
            sealed = true;
        }
        return sealed;
    }

    private Account largestSealable() {
        Account largest = null;
        long most = 0;
        for (Account account : accounts) {
            long bytes = account.shard.sealableBytes();
            if (bytes > most) {
                most = bytes;
                largest = account;
            }
        }
        return largest;
    }

    private synchronized boolean isHalfCommitting() {
        return committing >= limit / 2;
    }

    private synchronized long released() {
        return released;
    }

    /** @param before a commit that ended since then may have left a buffer that can be sealed now */
    private synchronized void letExceed(Account account, long before) {
        if (committing == 0 && released == before && exceeding == null && !account.closed) {
            exceeding = account;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops, and between two waits looks anew for what may be sealed
    private synchronized void awaitRoom(Account account, long bytes) throws InterruptedException {
        if (!fits(account, bytes)) {
            wait(RECHECK_MILLIS);
        }
    }

    /** What one shard holds: open bytes, which are its buffer's and what it reserved on top, and sealed ones. */
    public final class Account {

        private final Shard shard;
        private long open;
        private long sealed;
        private boolean closed;

        private Account(Shard shard) {
            this.shard = shard;
        }

        /** Takes so many bytes, if they can be had at once. */
        public boolean tryReserve(long bytes) {
            return tryTake(this, bytes);
        }

        /**
         * Takes so many bytes, waiting until they can be had. The caller must not hold its shard's lock.
         *
         * @param wanted asked while waiting; the wait ends when it says no
         * @return whether they were taken
         */
        public boolean reserve(long bytes, BooleanSupplier wanted) throws InterruptedException {
            return take(this, bytes, wanted);
        }

        /** Corrects what was reserved to what the open buffer really holds; never waits. */
        public void settle(long bytes) {
            synchronized (MemoryBudget.this) {
                if (closed) {
                    return;
                }
                used += bytes - open;
                open = bytes;
                MemoryBudget.this.notifyAll();
            }
        }

        /** So many of the open bytes are being committed now. */
        public void seal(long bytes) {
            synchronized (MemoryBudget.this) {
                open -= bytes;
                sealed += bytes;
                committing += bytes;
                stopExceeding();
            }
        }

        /** What was sealed is committed, or given up. Comes before the shard seals again, under the shard's lock. */
        public void releaseSealed() {
            synchronized (MemoryBudget.this) {
                used -= sealed;
                committing -= sealed;
                sealed = 0;
                released++;
                MemoryBudget.this.notifyAll();
            }
        }

        /** What is open is given up, the shard is not asked to seal any more, and it gets nothing more. */
        public void close() {
            accounts.remove(this);
            synchronized (MemoryBudget.this) {
                closed = true;
                used -= open;
                open = 0;
                stopExceeding();
            }
        }

        /** Whether it alone may exceed the limit now: nobody else goes on until its buffer is sealed. */
        public boolean isExceeding() {
            synchronized (MemoryBudget.this) {
                return exceeding == this;
            }
        }

        public long heldBytes() {
            synchronized (MemoryBudget.this) {
                return open + sealed;
            }
        }

        private void stopExceeding() {
            if (exceeding == this) {
                exceeding = null;
            }
            MemoryBudget.this.notifyAll();
        }
    }
}
