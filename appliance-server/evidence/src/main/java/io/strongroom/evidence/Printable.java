package io.strongroom.evidence;

import java.util.Locale;

/** Text from a pack or a device, for a terminal or a screen. */
public final class Printable {
    private Printable() {}

    /**
     * The text with every control and format character in the form {@code \\u000a}: none moves a cursor, hides what
     * stands before it, or turns the direction of writing.
     */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
