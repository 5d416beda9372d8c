package io.millrace.dashboard.lake.index;

/**
 * When a folder is looked at again: after an eighth of the time for which it has not changed, within bounds. So a busy hour
 * is a few seconds old at most, and last year's hours cost next to nothing. While somebody watches, the bounds are
 * narrower.
 *
 * @param listsPerSecond calls that looking again may take; the widest bounds stretch so that this suffices
 */
record RevisitPolicy(int listsPerSecond) {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private static final long SOONEST = 10 * SECOND;
    private static final int QUIET_SHARE = 8;
    /** A folder whose listing is slow is not to be listed all the time. */
    private static final int VISIT_SHARE = 20;

    private static final long LONGEST_BACK_OFF = 5 * MINUTE;

    /** Milliseconds from the visit at {@code now} to the next. {@code folders} is how many the whole index has. */
    long interval(PrefixNode node, long now, boolean watched, int folders) {
        if (node.failures > 0) {
            return Math.min(LONGEST_BACK_OFF, SOONEST << Math.min(node.failures, 10));
        }
        long quiet = now - (node.changedAt > 0 ? node.changedAt : node.createdAt);
        long wanted = Math.max(SOONEST, quiet / QUIET_SHARE);
        long bounded = Math.min(wanted, longest(node, watched, folders));
        return Math.max(bounded, (long) VISIT_SHARE * node.visitMillis);
    }

    private long longest(PrefixNode node, boolean watched, int folders) {
        if (node.parent == null) {
            return watched ? SOONEST : MINUTE;
        }
        // Looking at every folder in turn takes at most half of the calls; the rest is for the busy ones.
        long round = 2L * folders * SECOND / listsPerSecond;
        if (node.isLeaf()) {
            return Math.max(watched ? 2 * MINUTE : 24 * HOUR, round);
        }
        return Math.max(watched ? 30 * SECOND : HOUR, round);
    }
}
