package io.millrace.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Merges and deletes objects of hours that are over, as a lake keeper and lifecycle rules do. All events' hours are over.
 * The documented rule is that nothing goes that is younger than the stream's retention plus the longest pause of a worker.
 */
final class LakeKeeper {

    private final Tally tally;
    private final Duration leastAge;

    LakeKeeper(Tally tally, Duration leastAge) {
        this.tally = tally;
        this.leastAge = leastAge;
    }

    /** Of each partition that has several objects makes one; whether there was such a one. */
    boolean compact() throws IOException {
        Map<Path, List<Path>> partitions = tally.older(leastAge).stream()
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
        partitions.values().removeIf(objects -> objects.size() < 2);
        for (List<Path> objects : partitions.values()) {
            tally.merge(objects);
        }
        return !partitions.isEmpty();
    }

    /** Deletes about half of the objects that are old enough; whether there were any. */
    boolean expire(Random random) throws IOException {
        List<Path> objects = tally.older(leastAge).stream()
                .filter(object -> random.nextBoolean())
                .toList();
        tally.expire(objects);
        return !objects.isEmpty();
    }
}
