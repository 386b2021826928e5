package io.strongroom.evidence;

/** The alphabets of names that stand in the tree for ever. */
final class NameRule {
    static final int MAX_CHARS = 64;

    private NameRule() {}

    /** 1–64 of {@code a-z 0-9 . _ -}. */
    static String lowerName(String what, String value) {
        if (!isLowerName(value)) {
            throw new IllegalArgumentException(what + " must be 1 to 64 of a-z 0-9 . _ - but is " + shown(value));
        }
        return value;
    }

    static boolean isLowerName(String value) {
        if (value.isEmpty() || value.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static String shown(String value) {
        String start = value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS) + "…";
        return '"' + start + '"';
    }
}
