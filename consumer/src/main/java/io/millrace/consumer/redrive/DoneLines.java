package io.millrace.consumer.redrive;

import java.util.BitSet;

/**
 * Which lines of one object have been redriven, as the note under {@code _redrive/} keeps them: ranges of line numbers
 * from 0, both ends included, {@code 0-499,700-712}.
 */
final class DoneLines {

    private final BitSet lines = new BitSet();

    static DoneLines parse(String text) {
        DoneLines done = new DoneLines();
        for (String range : text.strip().split(",")) {
            if (!range.isEmpty()) {
                String[] ends = range.split("-", 2);
                done.lines.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
            }
        }
        return done;
    }

    boolean contains(int line) {
        return lines.get(line);
    }

    void add(int line) {
        lines.set(line);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int start = lines.nextSetBit(0); start >= 0; ) {
            int end = lines.nextClearBit(start);
            text.append(text.isEmpty() ? "" : ",").append(start).append('-').append(end - 1);
            start = lines.nextSetBit(end);
        }
        return text.toString();
    }
}
