package io.strongroom.console.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.console.look.Sign;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;

class PdfPagesTest {
    private static final Instant AT = Instant.parse("2026-11-22T09:30:00Z");

    @FunctionalInterface
    private interface Content {
        void write(PdfPages pages) throws IOException;
    }

    private static byte[] written(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PdfPages pages = new PdfPages("A title", "maker 1", Locale.ENGLISH, AT)) {
            content.write(pages);
            int count = pages.count();
            pages.write(out, "a foot", page -> page + " of " + count);
        }
        return out.toByteArray();
    }

    /** The text, having checked that all of it stands between the margins. */
    private static String read(byte[] pdf, int pages) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(pages);
            PDFTextStripper stripper = new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<TextPosition> positions) throws IOException {
                    for (TextPosition position : positions) {
                        assertThat(position.getXDirAdj()).isGreaterThan(55);
                        assertThat(position.getXDirAdj() + position.getWidthDirAdj())
                                .as(text)
                                .isLessThan(595 - 55);
                        assertThat(position.getYDirAdj()).isBetween(59f, 842f - 30);
                    }
                    super.writeString(text, positions);
                }
            };
            return stripper.getText(document);
        }
    }

    @Test
    void longTextsWrapLongWordsBreakAndWhatFitsNoPageGoesOnOnTheNext() throws IOException {
        String word = "x".repeat(400);
        byte[] pdf = written(pages -> {
            pages.title("Title", List.of("about"));
            pages.verdict(Sign.FAILS, "Failed " + word, "why ".repeat(100));
            pages.heading("Part");
            pages.row(Sign.DOUBTFUL, "name", "word", "why ".repeat(80) + word);
            pages.fact("a long name of a fact that wraps", ("line of values\n").repeat(90) + "the last", true);
            pages.fact("after", "it", false);
        });
        String text = read(pdf, 3);
        assertThat(text).contains("the last", "1 of 3", "3 of 3", "a foot");
        assertThat(text.replaceAll("\\s", "")).contains(word);
    }

    @Test
    void otherScriptsAreWrittenAsFarAsAFontHasThemAndSpelledOutElse() throws IOException {
        String text = read(written(pages -> pages.fact("Zweck", "Größe Łódź Δοκιμή Проверка 证 שלום 🙂", false)), 1);
        assertThat(text).contains("Größe Łódź Δοκιμή Проверка \\u8bc1 \\u05e9", "\\u1f642");
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        Content content = pages -> pages.fact("name", "value", true);
        assertThat(written(content)).isEqualTo(written(content));
    }

    @Test
    void interruptingTheThreadEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> written(pages -> pages.note("never"))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
