package io.millrace.dashboard.lake.index;

import io.millrace.dashboard.lake.ObjectInfo;
import io.millrace.dashboard.lake.ObjectPage;
import io.millrace.dashboard.lake.ObjectStore;
import io.millrace.dashboard.lake.ObjectStore.Listing;
import java.util.HashSet;
import java.util.Set;

/** Lists one folder, page after page, and keeps only sums and the names of the folders in it. */
final class FolderVisit {

    /** A million objects in one folder; then it is cut short. */
    static final int MAX_PAGES = 1000;

    private final ObjectStore store;
    private final long smallBytes;

    FolderVisit(ObjectStore store, long smallBytes) {
        this.store = store;
        this.smallBytes = smallBytes;
    }

    FolderListing list(String bucket, String prefix) {
        Set<String> children = new HashSet<>();
        long objects = 0;
        long bytes = 0;
        long small = 0;
        long newest = 0;
        Listing listing = Listing.folder(bucket, prefix);
        for (int pages = 1; ; pages++) {
            ObjectPage page = store.list(listing);
            page.prefixes().forEach(child -> children.add(child.substring(prefix.length())));
            for (ObjectInfo object : page.objects()) {
                objects++;
                bytes += object.size();
                small += object.size() < smallBytes ? 1 : 0;
                newest = Math.max(newest, object.lastModified().toEpochMilli());
            }
            if (page.nextToken().isEmpty() || pages == MAX_PAGES) {
                return new FolderListing(
                        new Counts(objects, bytes, small),
                        newest,
                        children,
                        page.nextToken().isPresent());
            }
            listing = listing.next(page.nextToken().get());
        }
    }
}
