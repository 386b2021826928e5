package io.strongroom.policies.detect;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value as UTF-8, where it stands, and what a first look at it shows.
 *
 * <p>For one thread; {@link #set} makes it hold the next value.
 */
public final class Text {
    private static final byte DIGIT = 1;
    private static final byte AT = 2;
    private static final byte ESCAPE = 4;
    private static final byte OPENING = 8;

    private static final byte[] MARKS = new byte[256];
    private static final boolean[] WORD = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            MARKS[c] = DIGIT;
        }
        MARKS['@'] = AT;
        MARKS['\\'] = ESCAPE;
        MARKS['+'] = OPENING;
        MARKS['('] = OPENING;
        for (int c = 0; c < WORD.length; c++) {
            WORD[c] = c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c >= 0x80;
        }
    }

    private byte[] bytes = {};
    private int from;
    private int to;
    private int digits;
    private boolean hasAt;
    private boolean hasOpening;

    // The words, where they begin and end; −1 for their number while nobody has asked. Used again for the next value.
    private int[] wordBegins = new int[32];
    private int[] wordEnds = new int[32];
    private int words;
    private @Nullable String string;

    /** Holds the value now: the content of a text, the digits of a number. */
    public Text set(JsonSlice value) {
        boolean quoted = value.kind() == JsonToken.STRING;
        bytes = value.bytes();
        from = value.offset() + (quoted ? 1 : 0);
        to = value.offset() + value.length() - (quoted ? 1 : 0);
        string = null;
        words = -1;
        if (!look()) {
            bytes = value.string().getBytes(StandardCharsets.UTF_8);
            from = 0;
            to = bytes.length;
            look();
        }
        return this;
    }

    /** False if there are escapes, which have to be resolved before anything can be looked for. */
    private boolean look() {
        int count = 0;
        int seen = 0;
        for (int i = from; i < to; i++) {
            int mark = MARKS[bytes[i] & 0xff];
            count += mark & DIGIT;
            seen |= mark;
        }
        digits = count;
        hasAt = (seen & AT) != 0;
        hasOpening = (seen & OPENING) != 0;
        return (seen & ESCAPE) == 0 || from == 0;
    }

    /** How many digits there are. */
    int digits() {
        return digits;
    }

    /** Whether there is an at sign. */
    boolean hasAt() {
        return hasAt;
    }

    /** Whether there is a plus sign or an opening parenthesis. */
    boolean hasOpening() {
        return hasOpening;
    }

    /**
     * How many words there are: runs of letters, digits and parts of characters beyond ASCII. Most of what is looked for
     * begins where a word does, and a long token is one word.
     */
    int words() {
        if (words < 0) {
            words = 0;
            int i = from;
            while (i < to) {
                if (!WORD[bytes[i] & 0xff]) {
                    i++;
                    continue;
                }
                int begin = i;
                while (i < to && WORD[bytes[i] & 0xff]) {
                    i++;
                }
                if (words == wordBegins.length) {
                    wordBegins = Arrays.copyOf(wordBegins, 2 * words);
                    wordEnds = Arrays.copyOf(wordEnds, 2 * words);
                }
                wordBegins[words] = begin - from;
                wordEnds[words++] = i - from;
            }
        }
        return words;
    }

    /** Where a word begins, counted from the text's first byte. */
    int wordBegin(int word) {
        return wordBegins[word];
    }

    /** One past where a word ends. */
    int wordEnd(int word) {
        return wordEnds[word];
    }

    /** Length in bytes. */
    int length() {
        return to - from;
    }

    /** The byte at {@code i}, counted from the text's first; 0 before the first and behind the last. */
    int at(int i) {
        return i < 0 || i >= to - from ? 0 : bytes[from + i] & 0xff;
    }

    /** The text as a string. */
    String string() {
        String text = string;
        if (text == null) {
            text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            string = text;
        }
        return text;
    }

    boolean isDigit(int i) {
        int c = at(i);
        return c >= '0' && c <= '9';
    }

    boolean isLetter(int i) {
        int c = at(i) | 0x20;
        return c >= 'a' && c <= 'z';
    }

    /** Whether a letter, digit or part of a character beyond ASCII stands at {@code i}. */
    boolean isWord(int i) {
        return WORD[at(i)];
    }
}
