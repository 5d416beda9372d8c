package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.ObjectStore.Listing;
import io.millrace.dashboard.lake.index.Indexer;
import io.millrace.lake.partition.HivePath;
import io.millrace.lake.partition.HivePath.ServiceHour;
import io.millrace.lake.partition.OutputPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The folders that a search goes through, in its order. For one service they are listed as the search comes to them; for
 * all services that would be too many calls, so they come from the index, as old as that is.
 */
final class HourFolders {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ObjectStore store;
    private final Indexer indexer;

    HourFolders(ObjectStore store, Indexer indexer) {
        this.store = store;
        this.indexer = indexer;
    }

    Iterator<HourFolder> find(LogQuery query, BooleanSupplier late) {
        if (query.service().isEmpty()) {
            return indexed(query);
        }
        return servicePrefix(query)
                .map(prefix -> (Iterator<HourFolder>) new FolderWalk(store, query, prefix, late))
                .orElse(Collections.emptyIterator());
    }

    /** Whether {@code folder} comes before the other in this query's order. */
    static Comparator<HourFolder> order(LogQuery query) {
        Comparator<HourFolder> byHour = Comparator.comparing(HourFolder::hour);
        return (query.newestFirst() ? byHour.reversed() : byHour).thenComparing(HourFolder::prefix);
    }

    private Iterator<HourFolder> indexed(LogQuery query) {
        return indexer.bucket(query.bucket()).stream()
                .flatMap(index -> index
                        .leaves((parent, name, total) -> !parent.isEmpty() || name.startsWith(OutputPartition.SERVICE))
                        .stream())
                .flatMap(leaf -> HivePath.parse(leaf.prefix()).map(hour -> folder(leaf.prefix(), hour)).stream())
                .filter(folder -> overlaps(folder.hour(), query))
                .sorted(order(query))
                .iterator();
    }

    private static HourFolder folder(String prefix, ServiceHour hour) {
        return new HourFolder(prefix, hour.service(), hour.hour());
    }

    private static boolean overlaps(Instant hour, LogQuery query) {
        return hour.isBefore(query.to()) && hour.plus(HOUR).isAfter(query.from());
    }

    /** The service's folder, whose name may be escaped; the part before the first escape narrows the listing. */
    private Optional<String> servicePrefix(LogQuery query) {
        String plain = query.service().replaceFirst("[^A-Za-z0-9_-].*", "");
        Listing listing = Listing.folder(query.bucket(), OutputPartition.SERVICE + plain);
        while (true) {
            var page = store.list(listing);
            Optional<String> match = page.prefixes().stream()
                    .filter(prefix -> Stream.of(prefix.substring(OutputPartition.SERVICE.length(), prefix.length() - 1))
                            .anyMatch(name -> name.equals(query.service())
                                    || HivePath.unescape(name).equals(query.service())))
                    .findFirst();
            if (match.isPresent() || page.nextToken().isEmpty()) {
                return match;
            }
            listing = listing.next(page.nextToken().get());
        }
    }
}
