package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Cuts text into words, the same way for records and for questions.
 *
 * <p>A word is a run of letters, digits, combining marks and underscores; a full stop between two digits belongs to it,
 * so that an address such as {@code 10.0.0.7} is one word. Letters are in lower case. An ideograph is a word of its own;
 * other words of a single character are left out. Of a longer word the first {@value #MAX_BYTES} bytes count.
 *
 * <p>Works on the bytes between the quotes of a canonical string: there each escape stands for a character that is part
 * of no word.
 */
final class Words {
    /** Bytes of UTF-8 that a word keeps. */
    static final int MAX_BYTES = 64;

    /** Takes one word, as UTF-8 in lower case. The buffer is used again after the call. */
    @FunctionalInterface
    interface Sink {
        void word(byte[] buffer, int length);
    }

    private static final int LONGEST_CODE_POINT = 4;

    /** Of each ASCII character that is part of a word, its lower case; 0 of the others. */
    private static final byte[] LOWER = new byte[128];

    static {
        for (char c = 0; c < LOWER.length; c++) {
            if (c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                LOWER[c] = (byte) Character.toLowerCase(c);
            }
        }
    }

    private final byte[] word = new byte[MAX_BYTES + LONGEST_CODE_POINT];
    private int length;
    private int characters;

    /** The words of a question; empty where there is nothing to look for. */
    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        // A backslash is no escape here, and part of no word either.
        byte[] bytes = text.replace('\\', ' ').getBytes(UTF_8);
        new Words().cut(bytes, 0, bytes.length, (buffer, length) -> words.add(new String(buffer, 0, length, UTF_8)));
        return words;
    }

    void cut(byte[] bytes, int from, int to, Sink sink) {
        length = 0;
        characters = 0;
        int at = from;
        while (at < to) {
            at = run(bytes, at, to);
            if (at == to) {
                break;
            }
            int b = bytes[at];
            if (b >= 0) {
                if (!(b == '.' && length > 0 && digit(bytes[at - 1]) && at + 1 < to && digit(bytes[at + 1]))) {
                    end(sink);
                    if (b == '\\') {
                        at += at + 1 < to && bytes[at + 1] == 'u' ? 5 : 1;
                    }
                } else {
                    append('.');
                }
                at++;
            } else {
                at += nonAscii(bytes, at, to, sink);
            }
        }
        end(sink);
    }

    /** Takes the plain characters of a word from {@code at} on. @return where they end */
    private int run(byte[] bytes, int at, int to) {
        int i = at;
        int end = length;
        while (i < to && bytes[i] >= 0) {
            byte lower = LOWER[bytes[i]];
            if (lower == 0) {
                break;
            }
            if (end < MAX_BYTES) {
                word[end++] = lower;
            }
            i++;
        }
        length = end;
        characters += i - at;
        return i;
    }

    private void append(int ascii) {
        characters++;
        if (length < MAX_BYTES) {
            word[length++] = (byte) ascii;
        }
    }

    /** Takes one code point beyond ASCII. @return its bytes in the text */
    private int nonAscii(byte[] bytes, int at, int to, Sink sink) {
        int first = bytes[at] & 0xff;
        int size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first < 0xc2 || at + size > to) {
            end(sink);
            return 1;
        }
        int codePoint = first & (0x7f >> size);
        for (int i = 1; i < size; i++) {
            codePoint = codePoint << 6 | bytes[at + i] & 0x3f;
        }
        if (Character.isIdeographic(codePoint)) {
            end(sink);
            encode(codePoint);
            characters = 2;
            end(sink);
        } else if (Character.isLetterOrDigit(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            characters++;
            encode(Character.toLowerCase(codePoint));
        } else {
            end(sink);
        }
        return size;
    }

    private void encode(int codePoint) {
        if (length >= MAX_BYTES) {
            return;
        }
        if (codePoint < 0x80) {
            word[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            word[length++] = (byte) (0xc0 | codePoint >>> 6);
            word[length++] = (byte) (0x80 | codePoint & 0x3f);
        } else if (codePoint < 0x10000) {
            word[length++] = (byte) (0xe0 | codePoint >>> 12);
            word[length++] = (byte) (0x80 | codePoint >>> 6 & 0x3f);
            word[length++] = (byte) (0x80 | codePoint & 0x3f);
        } else {
            word[length++] = (byte) (0xf0 | codePoint >>> 18);
            word[length++] = (byte) (0x80 | codePoint >>> 12 & 0x3f);
            word[length++] = (byte) (0x80 | codePoint >>> 6 & 0x3f);
            word[length++] = (byte) (0x80 | codePoint & 0x3f);
        }
    }

    private void end(Sink sink) {
        if (characters > 1) {
            sink.word(word, length);
        }
        length = 0;
        characters = 0;
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
