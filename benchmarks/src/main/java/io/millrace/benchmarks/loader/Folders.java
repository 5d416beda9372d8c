package io.millrace.benchmarks.loader;

/** The folder of an event in a Hive-partitioned lake, for those that make one. */
final class Folders {

    private Folders() {}

    /** @param timestamp in ISO-8601, UTC: the cheapest there is, no date library takes part */
    static String of(String service, String timestamp) {
        return "service=" + service + "/year=" + timestamp.substring(0, 4) + "/month=" + timestamp.substring(5, 7)
                + "/day=" + timestamp.substring(8, 10) + "/hour=" + timestamp.substring(11, 13);
    }
}
