package io.millrace.dashboard.lake.index;

import java.util.Set;

/**
 * What a visit to a folder found.
 *
 * @param newest when the newest of its objects was written, in epoch milliseconds; 0 where it holds none
 * @param children the last parts of the folders in it, each with its slash
 * @param cutShort whether the visit ended before the listing did
 */
record FolderListing(Counts own, long newest, Set<String> children, boolean cutShort) {}
