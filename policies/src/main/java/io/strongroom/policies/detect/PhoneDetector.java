package io.strongroom.policies.detect;

/**
 * Phone numbers in the forms that cannot well be anything else: international (a plus sign and 8 to 15 digits, ITU-T
 * E.164), North American ({@code (212) 555-0187}, {@code 212-555-0187}), and national with a trunk zero, an area code of
 * two digits or more and a separator ({@code 030 901820}). Digits alone are not taken for a phone number.
 */
final class PhoneDetector implements Detector {
    private static final int LEAST = 8;
    private static final int MOST = 15;
    private static final int MOST_NATIONAL = 12;
    private static final String SEPARATORS = " ().-/";

    @Override
    public String what() {
        return "a phone number";
    }

    @Override
    public boolean mayBeIn(Text text) {
        return text.digits() >= LEAST;
    }

    @Override
    public boolean isIn(Text text) {
        for (int word = 0; word < text.words(); word++) {
            int i = text.wordBegin(word);
            if (text.isDigit(i) && (isNorthAmerican(text, i) || text.at(i) == '0' && isNational(text, i))) {
                return true;
            }
        }
        return text.hasOpening() && isOpened(text);
    }

    /** Whether one begins with a plus sign or a parenthesis. */
    private static boolean isOpened(Text text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if (c == '+' && isInternational(text, i) || c == '(' && !text.isWord(i - 1) && isNorthAmerican(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInternational(Text text, int at) {
        if (text.isWord(at - 1) || !isFirstOfNumber(text, at + 1)) {
            return false;
        }
        int digits = digits(text, at + 1);
        return digits >= LEAST && digits <= MOST;
    }

    private static boolean isFirstOfNumber(Text text, int at) {
        return text.isDigit(at) && text.at(at) != '0' || text.at(at) == '(' && text.isDigit(at + 1);
    }

    /** How many digits a number has that begins here; −1 if a word goes on behind it. */
    private static int digits(Text text, int from) {
        int digits = 0;
        int gap = 0;
        int i = from;
        while (gap <= 2) {
            if (text.isDigit(i)) {
                digits++;
                gap = 0;
            } else if (text.at(i) != 0 && SEPARATORS.indexOf(text.at(i)) >= 0) {
                gap++;
            } else {
                return gap == 0 && text.isWord(i) ? -1 : digits;
            }
            i++;
        }
        return digits;
    }

    /** A digit is D, an area or exchange code begins with 2 to 9 (N). */
    private static boolean isNorthAmerican(Text text, int at) {
        return text.at(at - 1) != '-'
                && text.at(at - 1) != '.'
                && (has(text, at, "(NDD) NDD-DDDD")
                        || has(text, at, "(NDD)NDD-DDDD")
                        || has(text, at, "NDD-NDD-DDDD")
                        || has(text, at, "NDD.NDD.DDDD"));
    }

    private static boolean has(Text text, int at, String form) {
        for (int i = 0; i < form.length(); i++) {
            boolean fits =
                    switch (form.charAt(i)) {
                        case 'D' -> text.isDigit(at + i);
                        case 'N' -> text.at(at + i) >= '2' && text.at(at + i) <= '9';
                        default -> text.at(at + i) == form.charAt(i);
                    };
            if (!fits) {
                return false;
            }
        }
        int after = at + form.length();
        return !text.isWord(after) && text.at(after) != '-';
    }

    private static boolean isNational(Text text, int at) {
        if (isJoint(text.at(at - 1))) {
            return false;
        }
        int area = at + 1;
        while (text.isDigit(area) && area - at <= 5) {
            area++;
        }
        boolean areaCode = area - at >= 3 && area - at <= 5 && text.at(at + 1) != '0';
        int separator = text.at(area);
        boolean separated = (separator == ' ' || separator == '/' || separator == '-') && text.isDigit(area + 1);
        int digits = areaCode && separated ? digits(text, at) : 0;
        return digits >= LEAST && digits <= MOST_NATIONAL;
    }

    /** What stands inside dates, addresses of machines, versions and paths. */
    private static boolean isJoint(int c) {
        return c == '-' || c == '.' || c == '/' || c == ':' || c == '_' || c == '+';
    }
}
