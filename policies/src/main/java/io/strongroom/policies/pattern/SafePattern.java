package io.strongroom.policies.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiles regular expressions of a bundle: RE2 syntax, so that matching takes linear time, and small programs only. */
public final class SafePattern {
    /** Longest expression, in characters. */
    public static final int MAX_CHARS = 512;

    /** What repetitions may multiply to; a{100} in (…){100} is 10,000 copies. */
    private static final long MAX_COPIES = 1_000;

    private SafePattern() {}

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException if it is no RE2 expression, or would grow too large; the message says which
     */
    public static Pattern compile(String expression) {
        if (expression.length() > MAX_CHARS) {
            throw new IllegalArgumentException("the expression has more than " + MAX_CHARS + " characters");
        }
        if (copies(expression) > MAX_COPIES) {
            throw new IllegalArgumentException(
                    "the expression's repetitions multiply to more than " + MAX_COPIES + " copies");
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not an RE2 expression (" + e.getDescription() + ")", e);
        }
    }

    /** The product of all counted repetitions: never less than what nesting makes of them. */
    private static long copies(String expression) {
        long product = 1;
        for (int at = expression.indexOf('{'); at >= 0; at = expression.indexOf('{', at + 1)) {
            int close = expression.indexOf('}', at);
            if (close > 0 && expression.substring(at + 1, close).matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
                for (String count : expression.substring(at + 1, close).split(",")) {
                    product *= Math.max(1, Long.parseLong(count));
                    if (product > MAX_COPIES) {
                        return product;
                    }
                }
            }
        }
        return product;
    }
}
