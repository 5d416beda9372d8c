package io.millrace.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pairs in one setting: {@code a:b,c:d}. */
public final class Pairs {

    private Pairs() {}

    /** As the other {@code parse}, with no limit on how many pairs there are. */
    public static Map<String, String> parse(String text, String separator, String leftPattern, String rightPattern) {
        return parse(text, separator, leftPattern, rightPattern, Integer.MAX_VALUE);
    }

    /**
     * Refuses what does not match, what has no separator, a left side given twice, and more pairs than {@code most}.
     */
    public static Map<String, String> parse(
            String text, String separator, String leftPattern, String rightPattern, int most) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int at = pair.indexOf(separator);
            Settings.require(at > 0);
            String left = pair.substring(0, at).strip();
            String right = pair.substring(at + 1).strip();
            Settings.require(left.matches(leftPattern) && right.matches(rightPattern));
            Settings.require(pairs.put(left, right) == null);
        }
        Settings.require(pairs.size() <= most);
        return Collections.unmodifiableMap(pairs);
    }
}
