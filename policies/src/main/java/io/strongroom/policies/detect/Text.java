package io.strongroom.policies.detect;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.nio.charset.StandardCharsets;
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

    private static final byte[] MARKS = new byte[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            MARKS[c] = DIGIT;
        }
        MARKS['@'] = AT;
        MARKS['\\'] = ESCAPE;
    }

    private byte[] bytes = {};
    private int from;
    private int to;
    private int digits;
    private boolean hasAt;
    private @Nullable String string;

    /** Holds the value now: the content of a text, the digits of a number. */
    public Text set(JsonSlice value) {
        boolean quoted = value.kind() == JsonToken.STRING;
        bytes = value.bytes();
        from = value.offset() + (quoted ? 1 : 0);
        to = value.offset() + value.length() - (quoted ? 1 : 0);
        string = null;
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
        return isDigit(i) || isLetter(i) || at(i) >= 0x80;
    }
}
