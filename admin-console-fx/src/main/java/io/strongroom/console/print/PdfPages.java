package io.strongroom.console.print;

import io.strongroom.console.look.Sign;
import io.strongroom.console.print.Faces.Style;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A document on A4, written from the top: what does not fit a page goes on on the next. Lengths are in points.
 * Interrupting the thread that writes ends it.
 */
public final class PdfPages implements Closeable {
    private static final PDRectangle PAPER = PDRectangle.A4;
    private static final float SIDE = 56;
    private static final float TOP = PAPER.getHeight() - 60;
    private static final float BOTTOM = 72;
    private static final float WIDTH = PAPER.getWidth() - 2 * SIDE;
    private static final float NAMES = 118;
    private static final float SIGN = 22;
    private static final float TEXT = 9.5f;
    private static final float SMALL = 8.2f;
    private static final float LEADING = 1.35f;

    private final PDDocument document = new PDDocument();
    private final Faces faces;
    private final Instant at;
    private PDPageContentStream page;
    private float y = TOP;

    /**
     * @param at when it is made
     */
    public PdfPages(String title, String maker, Locale language, Instant at) throws IOException {
        this.faces = new Faces(document);
        this.at = at;
        PDDocumentInformation information = document.getDocumentInformation();
        information.setTitle(title);
        information.setCreator(maker);
        information.setProducer(maker);
        GregorianCalendar made = GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
        information.setCreationDate(made);
        document.getDocumentCatalog().setLanguage(language.toLanguageTag());
        this.page = next();
    }

    private PDPageContentStream next() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("writing was interrupted");
        }
        PDPage sheet = new PDPage(PAPER);
        document.addPage(sheet);
        y = TOP;
        return new PDPageContentStream(document, sheet);
    }

    /** Begins a page unless so much fits this one. */
    private void need(float height) throws IOException {
        if (y - height < BOTTOM) {
            page.close();
            page = next();
        }
    }

    /** The document's name, and what it is about. */
    public void title(String title, List<String> about) throws IOException {
        page.setNonStrokingColor(Ink.TEXT.color());
        y -= 14;
        faces.draw(page, faces.drawable(title, Style.STRONG), Style.STRONG, 21, SIDE, y);
        y -= 22;
        for (String line : about) {
            text(line, Style.REGULAR, TEXT, SIDE, WIDTH, Ink.MUTED);
        }
        y -= 8;
    }

    /** A verdict in a box. */
    public void verdict(Sign sign, String verdict, String why) throws IOException {
        List<String> title = faces.lines(verdict, Style.STRONG, 14, WIDTH - 60);
        List<String> text = faces.lines(why, Style.REGULAR, TEXT, WIDTH - 60);
        float height = 24 + title.size() * 14 * LEADING + text.size() * TEXT * LEADING;
        need(height + 10);
        Ink ink = Ink.of(sign);
        page.setNonStrokingColor(ink.wash());
        page.setStrokingColor(ink.color());
        page.setLineWidth(0.8f);
        page.addRect(SIDE, y - height, WIDTH, height);
        page.fillAndStroke();
        Mark.draw(page, sign, SIDE + 24, y - height / 2, 11);
        y -= 12;
        draw(title, Style.STRONG, 14, SIDE + 48, Ink.TEXT);
        draw(text, Style.REGULAR, TEXT, SIDE + 48, Ink.TEXT);
        y -= 24;
    }

    /** Begins a part; some of it stays with its heading. */
    public void heading(String heading) throws IOException {
        need(64);
        y -= 16;
        text(heading, Style.STRONG, 12, SIDE, WIDTH, Ink.TEXT);
        page.setStrokingColor(Ink.LINE.color());
        page.setLineWidth(0.6f);
        page.moveTo(SIDE, y - 1);
        page.lineTo(SIDE + WIDTH, y - 1);
        page.stroke();
        y -= 9;
    }

    /** What was examined, how it came out, and why. */
    public void row(Sign sign, String name, String word, String why) throws IOException {
        need(2 * TEXT * LEADING + 6);
        Mark.draw(page, sign, SIDE + 6, y - TEXT * 0.75f, 5);
        String drawable = faces.drawable(name, Style.STRONG);
        page.setNonStrokingColor(Ink.TEXT.color());
        faces.draw(page, drawable, Style.STRONG, TEXT, SIDE + SIGN, y - TEXT);
        page.setNonStrokingColor(Ink.MUTED.color());
        float beside = SIDE + SIGN + faces.width(drawable, Style.STRONG, TEXT) + 6;
        faces.draw(page, faces.drawable(word, Style.REGULAR), Style.REGULAR, TEXT, beside, y - TEXT);
        y -= TEXT * LEADING;
        text(why, Style.REGULAR, TEXT, SIDE + SIGN, WIDTH - SIGN, Ink.TEXT);
        y -= 5;
    }

    /**
     * A name at the left, a value at the right.
     *
     * @param exact whether one compares it sign by sign
     */
    public void fact(String name, String value, boolean exact) throws IOException {
        Style style = exact ? Style.MONO : Style.REGULAR;
        float size = exact ? SMALL : TEXT;
        List<String> names = faces.lines(name, Style.REGULAR, TEXT, NAMES - 10);
        List<String> values = faces.lines(value, style, size, WIDTH - NAMES);
        need(names.size() * TEXT * LEADING);
        float top = y;
        draw(names, Style.REGULAR, TEXT, SIDE, Ink.MUTED);
        float below = y;
        PDPageContentStream before = page;
        y = top;
        draw(values, style, size, SIDE + NAMES, Ink.TEXT);
        y = page == before ? Math.min(y, below) - 3 : y - 3;
    }

    /** A paragraph aside. */
    public void note(String note) throws IOException {
        text(note, Style.REGULAR, TEXT, SIDE, WIDTH, Ink.MUTED);
        y -= 4;
    }

    /** A line to write on by hand. */
    public void blank(String name) throws IOException {
        need(40);
        y -= 30;
        page.setStrokingColor(Ink.MUTED.color());
        page.setLineWidth(0.6f);
        page.moveTo(SIDE + NAMES, y);
        page.lineTo(SIDE + WIDTH, y);
        page.stroke();
        page.setNonStrokingColor(Ink.MUTED.color());
        faces.draw(page, faces.drawable(name, Style.REGULAR), Style.REGULAR, TEXT, SIDE, y + 2);
    }

    private void text(String text, Style style, float size, float x, float width, Ink ink) throws IOException {
        draw(faces.lines(text, style, size, width), style, size, x, ink);
    }

    private void draw(List<String> lines, Style style, float size, float x, Ink ink) throws IOException {
        for (String line : lines) {
            need(size * LEADING);
            page.setNonStrokingColor(ink.color());
            faces.draw(page, line, style, size, x, y - size);
            y -= size * LEADING;
        }
    }

    /**
     * Ends the document, with a foot on each page, and writes it.
     *
     * @param foot what stands at the left of each
     * @param number of a page, and of all, from the number of the page
     */
    public void write(OutputStream out, String foot, IntFunction<String> number) throws IOException {
        page.close();
        for (int i = 0; i < document.getNumberOfPages(); i++) {
            try (PDPageContentStream feet =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true)) {
                feet.setNonStrokingColor(Ink.MUTED.color());
                String count = faces.drawable(number.apply(i + 1), Style.REGULAR);
                float width = faces.width(count, Style.REGULAR, SMALL);
                faces.draw(feet, count, Style.REGULAR, SMALL, SIDE + WIDTH - width, BOTTOM - 30);
                String left = faces.lines(foot, Style.REGULAR, SMALL, WIDTH - width - 20)
                        .getFirst();
                faces.draw(feet, left, Style.REGULAR, SMALL, SIDE, BOTTOM - 30);
            }
        }
        // Otherwise the file's id comes from the clock of the machine.
        document.setDocumentId(at.toEpochMilli());
        document.save(out);
    }

    /** How many pages there are so far. */
    public int count() {
        return document.getNumberOfPages();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
