package io.strongroom.policies.detect;

import java.util.function.Predicate;

/**
 * Numbers as people write them: groups of digits, one separator between two groups, nothing of a word before or behind.
 */
final class DigitGroups {
    private DigitGroups() {}

    /**
     * Whether there is such a number of {@code least} to {@code most} digits that {@code test} accepts. A number may
     * stand among other groups: {@code 4111 1111 1111 1111 12/26}.
     *
     * @param separators the characters that may stand between groups
     */
    static boolean any(Text text, int least, int most, String separators, Predicate<String> test) {
        for (int i = 0; i < text.length(); i++) {
            if (text.isDigit(i) && !text.isWord(i - 1) && from(text, i, least, most, separators, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean from(Text text, int start, int least, int most, String separators, Predicate<String> test) {
        StringBuilder digits = new StringBuilder(most);
        int i = start;
        while (text.isDigit(i) && digits.length() <= most) {
            digits.append((char) text.at(i++));
            if (text.isDigit(i)) {
                continue;
            }
            boolean complete = !text.isWord(i) && digits.length() >= least && digits.length() <= most;
            if (complete && test.test(digits.toString())) {
                return true;
            }
            if (text.at(i) != 0 && separators.indexOf(text.at(i)) >= 0) {
                i++;
            }
        }
        return false;
    }
}
