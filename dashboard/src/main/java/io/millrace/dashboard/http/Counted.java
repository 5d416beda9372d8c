package io.millrace.dashboard.http;

import io.millrace.dashboard.lake.index.BucketIndex.Stats;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How counts of the index look in an answer. */
final class Counted {

    private Counted() {}

    /** What is not known yet is null, which is not 0. */
    static void put(Map<String, Object> answer, Optional<Stats> stats) {
        Optional<Stats> known = stats.filter(s -> s.visitedAt() > 0);
        answer.put("objects", known.map(s -> s.counts().objects()).orElse(null));
        answer.put("bytes", known.map(s -> s.counts().bytes()).orElse(null));
        answer.put("atLeast", known.map(Stats::atLeast).orElse(true));
        answer.put(
                "countedAt", known.map(s -> Instant.ofEpochMilli(s.visitedAt())).orElse(null));
    }
}
