package io.strongroom.policies.pattern;

/**
 * A name in which each {@code *} stands for any run of characters, also for none.
 *
 * @param text the pattern
 */
public record Glob(String text) {

    /** Whether it has no star, and so matches one name alone. */
    public boolean isLiteral() {
        return text.indexOf('*') < 0;
    }

    /** Whether it matches every name. */
    public boolean isAny() {
        return text.equals("*");
    }

    /** Whether {@code name} is one of those meant. At most length × length steps. */
    public boolean matches(String name) {
        int star = -1;
        int afterStar = 0;
        int p = 0;
        int n = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                afterStar = n;
            } else if (p < text.length() && text.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
