package io.millrace.dashboard.lake.index;

import java.util.Set;

/**
 * What a visit to a folder found.
 *
 * @param children the last parts of the folders in it, each with its slash
 * @param cutShort whether the visit ended before the listing did
 */
record FolderListing(Counts own, Set<String> children, boolean cutShort) {}
