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
        for (int word = 0; word < text.words(); word++) {
            int i = text.wordBegin(word);
            if (text.isDigit(i) && from(text, i, least, most, separators, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean from(Text text, int start, int least, int most, String separators, Predicate<String> test) {
        int digits = 0;
        int i = start;
        while (text.isDigit(i) && digits <= most) {
            digits++;
            i++;
            if (text.isDigit(i)) {
                continue;
            }
            boolean complete = digits >= least && digits <= most && !text.isWord(i);
            if (complete && test.test(digits(text, start, i))) {
                return true;
            }
            if (text.at(i) != 0 && separators.indexOf(text.at(i)) >= 0) {
                i++;
            }
        }
        return false;
    }

    private static String digits(Text text, int from, int to) {
        StringBuilder digits = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (text.isDigit(i)) {
                digits.append((char) text.at(i));
            }
        }
        return digits.toString();
    }
}
