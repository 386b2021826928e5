package io.strongroom.server.telemetry.inventory;

import java.util.Comparator;

/**
 * Which version of a package is the newer one: of {@code deb} as Debian Policy §5.6.12 says, of {@code rpm} as rpm's
 * {@code rpmvercmp} does, of anything else by numbers, in which what follows a hyphen makes a version older (1.0-rc1 before
 * 1.0, SemVer §11).
 */
enum Versions implements Comparator<String> {
    DEB {
        @Override
        public int compare(String one, String other) {
            return withRevision(one, other, Versions::ofDebian);
        }
    },
    RPM {
        @Override
        public int compare(String one, String other) {
            return withRevision(one, other, Versions::ofRpm);
        }
    },
    OTHER {
        @Override
        public int compare(String one, String other) {
            String[] first = plain(one).split("-", 2);
            String[] second = plain(other).split("-", 2);
            int released = ofRpm(first[0], second[0]);
            if (released != 0 || first.length == 1 || second.length == 1) {
                return released != 0 ? released : Integer.compare(second.length, first.length);
            }
            return ofRpm(first[1], second[1]);
        }

        /** Without what says nothing of the order: a leading v, and what was built when. */
        private String plain(String version) {
            String text = version.startsWith("v") ? version.substring(1) : version;
            int build = text.indexOf('+');
            return build < 0 ? text : text.substring(0, build);
        }
    };

    /** @param type of a package URL */
    static Versions of(String type) {
        return switch (type) {
            case "deb" -> DEB;
            case "rpm" -> RPM;
            default -> OTHER;
        };
    }

    /** Epoch, version and revision, each by the same rule. */
    private static int withRevision(String one, String other, Comparator<String> rule) {
        int epochs = compareNumbers(epoch(one), epoch(other));
        if (epochs != 0) {
            return epochs;
        }
        String first = one.substring(one.indexOf(':') + 1);
        String second = other.substring(other.indexOf(':') + 1);
        int cut = first.lastIndexOf('-');
        int otherCut = second.lastIndexOf('-');
        int versions = rule.compare(
                cut < 0 ? first : first.substring(0, cut), otherCut < 0 ? second : second.substring(0, otherCut));
        return versions != 0
                ? versions
                : rule.compare(
                        cut < 0 ? "" : first.substring(cut + 1), otherCut < 0 ? "" : second.substring(otherCut + 1));
    }

    private static String epoch(String version) {
        int colon = version.indexOf(':');
        return colon < 0 ? "0" : version.substring(0, colon);
    }

    private static int ofDebian(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (i < one.length() && !isDigit(one, i) || j < other.length() && !isDigit(other, j)) {
                int weight = Integer.compare(weight(one, i), weight(other, j));
                if (weight != 0) {
                    return weight;
                }
                i++;
                j++;
            }
            int end = endOfNumber(one, i);
            int otherEnd = endOfNumber(other, j);
            int numbers = compareNumbers(cut(one, i, end), cut(other, j, otherEnd));
            if (numbers != 0) {
                return numbers;
            }
            i = end;
            j = otherEnd;
        }
        return 0;
    }

    /** A tilde comes before the end, the end (and digits) before letters, letters before all else. */
    private static int weight(String text, int at) {
        if (at >= text.length() || isDigit(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return isLetter(c) ? c : c + 256;
    }

    private static int ofRpm(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            i = endOfSeparators(one, i);
            j = endOfSeparators(other, j);
            int special = Integer.compare(special(one, i), special(other, j));
            if (special != 0) {
                return special;
            }
            if (special(one, i) != 0 && i < one.length()) {
                i++;
                j++;
                continue;
            }
            if (i >= one.length() || j >= other.length()) {
                break;
            }
            boolean number = isDigit(one, i);
            if (number != isDigit(other, j)) {
                return number ? 1 : -1;
            }
            int end = number ? endOfNumber(one, i) : endOfLetters(one, i);
            int otherEnd = number ? endOfNumber(other, j) : endOfLetters(other, j);
            String first = one.substring(i, end);
            String second = other.substring(j, otherEnd);
            int parts = number ? compareNumbers(first, second) : Integer.signum(first.compareTo(second));
            if (parts != 0) {
                return parts;
            }
            i = end;
            j = otherEnd;
        }
        return Boolean.compare(i < one.length(), j < other.length());
    }

    /** A tilde is older than the end, a caret newer. */
    private static int special(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        return switch (text.charAt(at)) {
            case '~' -> -1;
            case '^' -> 1;
            default -> 0;
        };
    }

    private static int endOfSeparators(String text, int at) {
        int end = at;
        while (end < text.length() && !isDigit(text, end) && !isLetter(text.charAt(end)) && special(text, end) == 0) {
            end++;
        }
        return end;
    }

    private static int endOfLetters(String text, int at) {
        int end = at;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfNumber(String text, int at) {
        int end = at;
        while (end < text.length() && isDigit(text, end)) {
            end++;
        }
        return end;
    }

    private static String cut(String text, int from, int to) {
        return from >= text.length() ? "" : text.substring(from, to);
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Numbers of any length. */
    private static int compareNumbers(String one, String other) {
        String first = one.replaceFirst("^0+", "");
        String second = other.replaceFirst("^0+", "");
        return first.length() != second.length()
                ? Integer.compare(first.length(), second.length())
                : Integer.signum(first.compareTo(second));
    }
}
