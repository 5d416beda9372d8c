package io.millrace.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what a user who mistyped a name may have meant. */
final class Names {

    private static final int MOST_EDITS = 3;

    private Names() {}

    /** {@code ; did you mean X?}, or where to look when no name is near. */
    static String hint(String wrong, Collection<String> known) {
        return known.stream()
                .filter(name -> edits(wrong, name) <= Math.min(MOST_EDITS, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> edits(wrong, name))
                        .thenComparing(name -> name))
                .map(name -> "; did you mean " + name + "?")
                .orElse("; --help lists the names");
    }

    /** Letters to change, add or leave out, whatever their case. */
    private static int edits(String left, String right) {
        String a = left.toUpperCase(Locale.ROOT);
        String b = right.toUpperCase(Locale.ROOT);
        int[] row = Stream.iterate(0, i -> i + 1)
                .limit(b.length() + 1L)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
