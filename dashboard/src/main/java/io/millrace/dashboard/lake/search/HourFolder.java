package io.millrace.dashboard.lake.search;

import java.time.Instant;

/** One service's hour in the lake. */
record HourFolder(String prefix, String service, Instant hour) {}
