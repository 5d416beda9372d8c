package io.millrace.dashboard.event;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.BooleanSupplier;

/**
 * A regular expression from a stranger. RE2/J matches in time proportional to the text, whatever the expression; here the
 * expression's own size is bounded too, and a match that takes too long is given up. Thread-safe.
 */
public final class BoundedRegex {

    static final int MAX_LENGTH = 500;

    /** Repetitions multiply: {@code ((a{100}){100}){100}} is short and would become a million instructions. */
    static final long MAX_SIZE = 10_000;

    private static final int STEPS_BETWEEN_CHECKS = 1024;

    private final Pattern pattern;

    private BoundedRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException where it is no expression or is too large; the message says so to people */
    public static BoundedRegex compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the expression has more than " + MAX_LENGTH + " characters");
        }
        if (RegexSize.estimate(expression) > MAX_SIZE) {
            throw new IllegalArgumentException("its repetitions make the expression too large");
        }
        try {
            return new BoundedRegex(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the expression is nested too deeply", e);
        }
    }

    /** Whether it is found in the text; false also where {@code late} became true meanwhile. */
    public boolean find(CharSequence text, BooleanSupplier late) {
        try {
            return pattern.matcher(new Timed(text, late)).find();
        } catch (TooLate e) {
            return false;
        }
    }

    /** The text, which looks at the clock every so often while it is read. */
    private static final class Timed implements CharSequence {
        private final CharSequence text;
        private final BooleanSupplier late;
        private int steps;

        Timed(CharSequence text, BooleanSupplier late) {
            this.text = text;
            this.late = late;
        }

        @Override
        public char charAt(int index) {
            if (++steps % STEPS_BETWEEN_CHECKS == 0 && late.getAsBoolean()) {
                throw new TooLate();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooLate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLate() {
            super(null, null, false, false);
        }
    }
}
