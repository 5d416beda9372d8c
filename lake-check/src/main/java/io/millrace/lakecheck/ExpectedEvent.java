package io.millrace.lakecheck;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event of the file and where it must come to lie.
 *
 * @param line the file's line, from 1
 * @param bytes the event as it stands in the file; never changed
 * @param service its service, the partition key it is sent under
 * @param folder the service's prefix in the bucket, ending in a slash
 * @param time its own; an event without one comes to lie at the time of its arrival
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point, and are compared by their digest
record ExpectedEvent(long line, byte[] bytes, String service, String folder, Optional<Instant> time) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/'", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("'hour='HH'/'", Locale.ROOT);

    /** Where it may lie: in its hour; or, without a time, somewhere in the days in which it may arrive. */
    List<String> prefixes(Instant from, Instant to) {
        if (time.isPresent()) {
            return List.of(day(time.get()) + HOUR.format(time.get().atOffset(ZoneOffset.UTC)));
        }
        Instant first = from.truncatedTo(ChronoUnit.DAYS);
        return Stream.iterate(first, day -> !day.isAfter(to), day -> day.plus(1, ChronoUnit.DAYS))
                .map(this::day)
                .toList();
    }

    private String day(Instant moment) {
        return folder + DAY.format(moment.atOffset(ZoneOffset.UTC));
    }
}
