package io.millrace.lake.event;

/** Which ways of writing a time are read. A layout of the lake has one of them for good; see {@link EventTime}. */
public enum TimeForms {

    /** Those of the lake's first two layouts: ISO-8601 and numbers. A compact date is a number. */
    FIRST(64),

    /** All that {@link EventTime} names. */
    ALL(100);

    private final int longest;

    TimeForms(int longest) {
        this.longest = longest;
    }

    /** The longest text that is looked at, in bytes, space around it aside. */
    int longest() {
        return longest;
    }
}
