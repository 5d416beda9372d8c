package io.millrace.benchmarks.api;

/**
 * A figure that ours is compared with others' by.
 *
 * @param ending of the ratio's name after the benchmark's: empty for what the benchmark is about
 * @param lessIsBetter whether the quotient is turned over, so that it always says how many times better ours is
 */
public record Comparison(String ending, String figure, boolean lessIsBetter) {

    public static Comparison more(String figure) {
        return new Comparison("", figure, false);
    }

    public static Comparison less(String figure) {
        return new Comparison("", figure, true);
    }

    public Comparison named(String otherEnding) {
        return new Comparison(otherEnding, figure, lessIsBetter);
    }

    /** How many times better ours is. */
    public double ratio(double ours, double theirs) {
        return lessIsBetter ? theirs / ours : ours / theirs;
    }
}
