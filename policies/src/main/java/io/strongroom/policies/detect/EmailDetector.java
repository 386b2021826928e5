package io.strongroom.policies.detect;

/** E-mail addresses: a local part, an at sign, a domain of two labels or more whose last is of letters. */
final class EmailDetector implements Detector {
    private static final String LOCAL_MARKS = "._%+'-";

    @Override
    public String what() {
        return "an e-mail address";
    }

    @Override
    public boolean mayBeIn(Text text) {
        return text.hasAt();
    }

    @Override
    public boolean isIn(Text text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.at(i) == '@' && isLocal(text, i - 1) && isDomain(text, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocal(Text text, int last) {
        return text.isWord(last) || LOCAL_MARKS.indexOf(text.at(last)) > 0;
    }

    private static boolean isDomain(Text text, int from) {
        int i = from;
        int label = from;
        int labels = 0;
        while (text.isWord(i) || text.at(i) == '-' || text.at(i) == '.') {
            if (text.at(i) == '.') {
                if (i == label) {
                    return labels > 1;
                }
                labels++;
                if (labels > 1 && isTopLevel(text, label, i)) {
                    return true;
                }
                label = i + 1;
            }
            i++;
        }
        return labels > 0 && isTopLevel(text, label, i);
    }

    private static boolean isTopLevel(Text text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!text.isLetter(i) && text.at(i) < 0x80) {
                return false;
            }
        }
        return to - from >= 2;
    }
}
