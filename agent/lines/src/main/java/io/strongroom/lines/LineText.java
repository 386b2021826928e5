package io.strongroom.lines;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a line as text from which they can be had again.
 *
 * @param text the text
 * @param escaped whether bytes that are no UTF-8 stand in it as {@code \xHH}, and so each backslash as {@code \\}
 */
record LineText(String text, boolean escaped) {
    static LineText of(byte[] bytes) {
        try {
            CharsetDecoder strict = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            return new LineText(strict.decode(ByteBuffer.wrap(bytes)).toString(), false);
        } catch (CharacterCodingException e) {
            return new LineText(escape(bytes), true);
        }
    }

    private static String escape(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer good = CharBuffer.allocate(bytes.length + 1);
        while (true) {
            CoderResult result = decoder.decode(in, good, true);
            out.append(good.flip().toString().replace("\\", "\\\\"));
            good.clear();
            if (!result.isError()) {
                return out.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
            }
            decoder.reset();
        }
    }

    /**
     * The text in parts of which none takes more than {@code most} bytes as a JSON string, never cutting a character in two;
     * one part where it fits.
     */
    static List<String> parts(String text, int most) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int cost = cost(character);
            if (bytes + cost > most) {
                parts.add(text.substring(from, i));
                from = i;
                bytes = 0;
            }
            bytes += cost;
            i += Character.charCount(character);
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static int cost(int character) {
        if (character < 0x20) {
            return 6;
        }
        if (character == '"' || character == '\\') {
            return 2;
        }
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
