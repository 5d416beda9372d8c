package io.millrace.dashboard.lake.index;

/** Bounds the folders that all buckets together may have in the index, and so its memory. Guarded as the indexes are. */
final class NodeBudget {

    private final int limit;
    private int used;

    NodeBudget(int limit) {
        this.limit = limit;
    }

    /** False where the bound is reached. */
    boolean take() {
        if (used >= limit) {
            return false;
        }
        used++;
        return true;
    }

    void giveBack() {
        used--;
    }

    int used() {
        return used;
    }
}
