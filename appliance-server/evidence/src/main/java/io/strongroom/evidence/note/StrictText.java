package io.strongroom.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Decoding that takes one form only of each value, so that no two texts mean the same. */
final class StrictText {
    private StrictText() {}

    /** Valid UTF-8 without control characters other than newline (signed-note, Format). */
    static String noteText(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoteException("the note is not valid UTF-8", e);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 && c != '\n') {
                throw new NoteException("the note has a control character, U+%04X, at %d".formatted((int) c, i));
            }
        }
        return text;
    }

    /** RFC 4648 section 4, padded, with no stray bits. */
    static byte[] base64(String text, String what) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new NoteException(what + " is not base64: " + abbreviate(text), e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new NoteException(what + " is not canonical base64: " + abbreviate(text));
        }
        return bytes;
    }

    /** ASCII decimal without leading zeros, at most 2^63 − 1. */
    static long decimal(String text, String what) {
        if (text.isEmpty() || text.length() > 19 || (text.length() > 1 && text.charAt(0) == '0')) {
            throw new NoteException(what + " is not a decimal number without leading zeros: " + abbreviate(text));
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new NoteException(what + " is not a decimal number: " + abbreviate(text));
            }
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new NoteException(what + " is larger than 2^63 - 1: " + text, e);
        }
    }

    /** A key name: not empty, no Unicode space, no plus, no control character. */
    static String keyName(String name) {
        if (name.isEmpty()) {
            throw new NoteException("a key name is empty");
        }
        name.codePoints().forEach(c -> {
            if (isUnicodeSpace(c) || c == '+' || c < 0x20) {
                throw new NoteException("a key name has a space, a plus or a control character: " + abbreviate(name));
            }
        });
        return name;
    }

    /** The code points with the property White_Space. */
    private static boolean isUnicodeSpace(int c) {
        return Character.isSpaceChar(c) || c == 0x85 || (c >= 0x09 && c <= 0x0d);
    }

    static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
