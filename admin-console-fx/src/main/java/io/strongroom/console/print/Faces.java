package io.strongroom.console.print;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * The fonts of one document, embedded as far as they are used. What a face has no glyph for is taken from one that
 * knows more scripts; what none has, and what runs from right to left, is written as {@code \\u4e2d}.
 */
final class Faces {
    /** How text is written. */
    enum Style {
        REGULAR,
        STRONG,
        MONO
    }

    /** A code point in the face that has it. */
    private record Glyph(PDFont font, float width) {}

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String SANS = "fontsource__source-sans-pro/5.2.5/files/source-sans-pro-latin-";
    private static final String MORE_SCRIPTS = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float EM = 1000;

    private final Map<Style, List<PDFont>> faces;
    private final Map<Style, Map<Integer, @Nullable Glyph>> known = new HashMap<>();

    Faces(PDDocument document) throws IOException {
        PDFont further = load(document, bytes(MORE_SCRIPTS));
        faces = Map.of(
                Style.REGULAR, List.of(woff(document, SANS + "400-normal.woff"), further),
                Style.STRONG, List.of(woff(document, SANS + "600-normal.woff"), further),
                Style.MONO,
                        List.of(
                                woff(
                                        document,
                                        "fontsource__jetbrains-mono/4.5.11/files/jetbrains-mono-latin-400-normal.woff"),
                                further));
    }

    private static PDFont woff(PDDocument document, String name) throws IOException {
        return load(document, Woff.unpack(bytes(WEBJARS + name)));
    }

    /** Without ligatures: a reader that copies a digest out of the document is to get its letters. */
    private static PDFont load(PDDocument document, byte[] font) throws IOException {
        TrueTypeFont face = new TTFParser().parse(new RandomAccessReadBuffer(font));
        face.setEnableGsub(false);
        return PDType0Font.load(document, face, true);
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Faces.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        }
    }

    private @Nullable Glyph glyph(int codePoint, Style style) {
        return known.computeIfAbsent(style, none -> new HashMap<>())
                .computeIfAbsent(codePoint, wanted -> find(wanted, Objects.requireNonNull(faces.get(style))));
    }

    private static @Nullable Glyph find(int codePoint, List<PDFont> fonts) {
        byte direction = Character.getDirectionality(codePoint);
        if (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
            return null;
        }
        for (PDFont font : fonts) {
            try {
                return new Glyph(font, font.getStringWidth(Character.toString(codePoint)));
            } catch (IOException | IllegalArgumentException e) {
                // It has no glyph for this.
            }
        }
        return null;
    }

    /** The text, with what cannot be drawn spelled out. */
    String drawable(String text, Style style) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || glyph(c, style) != null) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return out.toString();
    }

    /** How wide a drawable text is, in points. */
    float width(String text, Style style, float size) {
        float width = 0;
        for (int c : text.codePoints().toArray()) {
            width += Objects.requireNonNull(glyph(c, style)).width();
        }
        return width * size / EM;
    }

    /** Breaks a text into drawable lines that are not wider than this, in points. */
    List<String> lines(String text, Style style, float size, float width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : drawable(text, style).split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                String more = line.isEmpty() ? word : " " + word;
                if (width(line + more, style, size) <= width) {
                    line.append(more);
                    continue;
                }
                if (!line.isEmpty()) {
                    lines.add(line.toString());
                }
                line.setLength(0);
                line.append(lastPiece(word, style, size, width, lines));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Breaks a word that fits no line wherever it must; gives what is left of it. */
    private String lastPiece(String word, Style style, float size, float width, List<String> lines) {
        StringBuilder piece = new StringBuilder();
        for (int c : word.codePoints().toArray()) {
            String one = Character.toString(c);
            if (!piece.isEmpty() && width(piece + one, style, size) > width) {
                lines.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(one);
        }
        return piece.toString();
    }

    /** Draws a drawable line. */
    void draw(PDPageContentStream page, String line, Style style, float size, float x, float y) throws IOException {
        page.beginText();
        page.newLineAtOffset(x, y);
        int[] codePoints = line.codePoints().toArray();
        int at = 0;
        while (at < codePoints.length) {
            PDFont font = Objects.requireNonNull(glyph(codePoints[at], style)).font();
            int end = at + 1;
            while (end < codePoints.length
                    && Objects.requireNonNull(glyph(codePoints[end], style)).font() == font) {
                end++;
            }
            page.setFont(font, size);
            page.showText(new String(codePoints, at, end - at));
            at = end;
        }
        page.endText();
    }
}
