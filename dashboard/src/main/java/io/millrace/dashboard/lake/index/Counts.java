package io.millrace.dashboard.lake.index;

/**
 * How much there is.
 *
 * @param small objects below the size that counts as small
 */
public record Counts(long objects, long bytes, long small) {

    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(objects + other.objects, bytes + other.bytes, small + other.small);
    }

    public Counts minus(Counts other) {
        return new Counts(objects - other.objects, bytes - other.bytes, small - other.small);
    }
}
