package io.millrace.producer.internal;

import io.millrace.producer.StreamProducer;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people how the sending goes, at most once a second, and each kind of problem at most every ten. */
final class DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(StreamProducer.class);
    private static final long SENT_EVERY_NANOS = 1_000_000_000L;
    private static final long PROBLEM_EVERY_NANOS = 10_000_000_000L;

    private final String stream;
    private final Map<String, Problem> problems = new HashMap<>();
    private long sent;
    private long sentToldAt = -SENT_EVERY_NANOS;

    private static final class Problem {
        private long toldAt = -PROBLEM_EVERY_NANOS;
        private long untold;
    }

    DeliveryLog(String stream) {
        this.stream = stream;
    }

    void sent(int events) {
        sent += events;
    }

    void tick(long now, boolean always) {
        if (sent > 0 && (always || now - sentToldAt >= SENT_EVERY_NANOS)) {
            LOG.info("[Kinesis Producer] Sent {} logs to {}", sent, stream);
            sent = 0;
            sentToldAt = now;
        }
    }

    /** Something that is tried again. */
    void retrying(long now, int records, String code, String message) {
        Problem problem = problems.computeIfAbsent(code, c -> new Problem());
        problem.untold += records;
        if (now - problem.toldAt >= PROBLEM_EVERY_NANOS) {
            LOG.warn("{} records refused by {}, sent again: {}: {}", problem.untold, stream, code, message);
            problem.toldAt = now;
            problem.untold = 0;
        }
    }

    void rejected(int events, String code, String message) {
        LOG.error("{} logs rejected by {}: {}: {}", events, stream, code, message);
    }

    void shards(int open) {
        LOG.debug("{} has {} open shards", stream, open);
    }

    void shardsUnknown(long now, Throwable cause) {
        Problem problem = problems.computeIfAbsent("ListShards", c -> new Problem());
        if (now - problem.toldAt >= PROBLEM_EVERY_NANOS) {
            LOG.warn("the shards of {} are unknown: {}", stream, cause.getMessage());
            problem.toldAt = now;
        }
    }
}
