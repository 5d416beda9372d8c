package io.millrace.dashboard.lake;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param prefixes the "folders": keys up to and with the delimiter
 * @param nextToken for the next page; empty on the last
 */
public record ObjectPage(List<String> prefixes, List<ObjectInfo> objects, Optional<String> nextToken) {}
