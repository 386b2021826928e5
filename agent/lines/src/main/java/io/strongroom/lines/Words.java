package io.strongroom.lines;

import java.util.Locale;

/** Words of other people's, made fit to stand in an action or a name. */
final class Words {
    private Words() {}

    /** {@code install} as {@code Install}. */
    static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The word with everything but letters, digits and {@code . _ : -} as an underscore. */
    static String plain(String word) {
        return word.replaceAll("[^A-Za-z0-9._:-]+", "_");
    }

    /** At most that many characters, never half a surrogate pair. */
    static String clipped(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(chars - 2)) ? chars - 2 : chars - 1;
        return text.substring(0, end) + "…";
    }
}
