package io.millrace.dashboard.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression becomes when its repetitions are written out. It errs on the large side, and needs not
 * understand more than groups, classes, escapes and counts.
 */
final class RegexSize {

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,6})(,(\\d{0,6}))?\\}");
    private static final long CEILING = 1L << 40;

    private RegexSize() {}

    static long estimate(String expression) {
        Deque<Long> outer = new ArrayDeque<>();
        long group = 0;
        long last = 0; // the atom that a count would repeat; part of the group's sum already
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '(') {
                outer.push(group);
                group = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = group + 2;
                group = outer.pop() + last;
            } else if (c == '{') {
                Matcher count = COUNT.matcher(expression).region(i, expression.length());
                if (count.lookingAt()) {
                    long repeated = last * times(count);
                    group = Math.min(CEILING, group - last + repeated);
                    last = repeated;
                    i = count.end() - 1;
                }
            } else {
                i = endOfAtom(expression, i);
                last = 1;
                group++;
            }
        }
        while (!outer.isEmpty()) {
            group += outer.pop();
        }
        return group;
    }

    private static long times(Matcher count) {
        long min = Long.parseLong(count.group(1));
        String max = count.group(3);
        return 1 + (max == null || max.isEmpty() ? min : Math.max(min, Long.parseLong(max)));
    }

    /** The index of the last character of the escape or class that starts here. */
    private static int endOfAtom(String expression, int start) {
        if (expression.charAt(start) == '\\') {
            return Math.min(start + 1, expression.length() - 1);
        }
        if (expression.charAt(start) != '[') {
            return start;
        }
        // A bracket that comes first is a member of the class.
        int from = start + (expression.startsWith("[^", start) ? 3 : 2);
        for (int i = from; i < expression.length(); i++) {
            if (expression.charAt(i) == '\\') {
                i++;
            } else if (expression.charAt(i) == ']') {
                return i;
            }
        }
        return expression.length() - 1;
    }
}
