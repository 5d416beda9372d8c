package io.millrace.dashboard.lake.search;

import io.millrace.dashboard.lake.ObjectPage;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.ObjectStore.Listing;
import io.millrace.lake.partition.HivePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The hours of one service that overlap a time range, in order of time, found by listing a level of folders only when it is
 * come to: {@code year=} then {@code month=}, {@code day=}, {@code hour=}. Used by one thread.
 */
final class FolderWalk implements Iterator<HourFolder> {

    private static final String[] LEVELS = {"year=", "month=", "day=", "hour="};
    private static final ChronoUnit[] SPANS = {ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS};
    private static final int HOUR_LEVEL = 3;

    /** A folder and the time at which it starts; {@code level} is the index of its name in {@link #LEVELS}. */
    private record Folder(String prefix, int level, LocalDateTime start) {}

    private final ObjectStore store;
    private final LogQuery query;
    private final String service;
    private final BooleanSupplier late;
    private final Deque<Folder> open = new ArrayDeque<>();
    private HourFolder next;

    /** @param servicePrefix such as {@code service=api/} */
    FolderWalk(ObjectStore store, LogQuery query, String servicePrefix, BooleanSupplier late) {
        this.store = store;
        this.query = query;
        this.service = HivePath.unescape(servicePrefix.substring("service=".length(), servicePrefix.length() - 1));
        this.late = late;
        open.push(new Folder(servicePrefix, -1, LocalDateTime.of(0, 1, 1, 0, 0)));
    }

    /** False also where it became too late meanwhile. */
    @Override
    public boolean hasNext() {
        while (next == null && !open.isEmpty() && !late.getAsBoolean()) {
            Folder folder = open.pop();
            if (folder.level() == HOUR_LEVEL) {
                next = new HourFolder(folder.prefix(), service, folder.start().toInstant(ZoneOffset.UTC));
            } else {
                expand(folder);
            }
        }
        return next != null;
    }

    @Override
    public HourFolder next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        HourFolder hour = next;
        next = null;
        return hour;
    }

    private void expand(Folder folder) {
        List<Folder> inside = new ArrayList<>();
        for (String prefix : children(folder.prefix())) {
            child(folder, prefix).filter(this::overlaps).ifPresent(inside::add);
        }
        // The last one pushed is looked at first.
        Comparator<Folder> byTime = Comparator.comparing(Folder::start);
        inside.sort(query.newestFirst() ? byTime : byTime.reversed());
        inside.forEach(open::push);
    }

    private List<String> children(String prefix) {
        List<String> prefixes = new ArrayList<>();
        Listing listing = Listing.folder(query.bucket(), prefix);
        while (true) {
            ObjectPage page = store.list(listing);
            prefixes.addAll(page.prefixes());
            if (page.nextToken().isEmpty() || late.getAsBoolean()) {
                return prefixes;
            }
            listing = listing.next(page.nextToken().get());
        }
    }

    private static Optional<Folder> child(Folder parent, String prefix) {
        int level = parent.level() + 1;
        String name = prefix.substring(parent.prefix().length(), prefix.length() - 1);
        if (!name.startsWith(LEVELS[level])) {
            return Optional.empty();
        }
        try {
            int value = Integer.parseInt(name.substring(LEVELS[level].length()));
            LocalDateTime start = switch (level) {
                case 0 -> parent.start().withYear(value);
                case 1 -> parent.start().withMonth(value);
                case 2 -> parent.start().withDayOfMonth(value);
                default -> parent.start().withHour(value);
            };
            return Optional.of(new Folder(prefix, level, start));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean overlaps(Folder folder) {
        Instant start = folder.start().toInstant(ZoneOffset.UTC);
        Instant end = folder.start().plus(1, SPANS[folder.level()]).toInstant(ZoneOffset.UTC);
        return start.isBefore(query.to()) && end.isAfter(query.from());
    }
}
