package io.strongroom.console.print;

import io.strongroom.console.look.Sign;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** Draws the sign of a verdict: a shape of its own each, so that it is told without colour. */
final class Mark {
    /** How far out a circle's control points stand, in radii. */
    private static final float ROUND = 0.5523f;

    private Mark() {}

    static void draw(PDPageContentStream page, Sign sign, float x, float y, float radius) throws IOException {
        page.setStrokingColor(Ink.of(sign).color());
        page.setLineWidth(radius / 5);
        if (sign == Sign.DOUBTFUL) {
            line(page, x, y + radius, x + radius, y - radius * 0.8f, x - radius, y - radius * 0.8f, x, y + radius);
            line(page, x, y + radius * 0.4f, x, y - radius * 0.2f);
            line(page, x, y - radius * 0.45f, x, y - radius * 0.6f);
            return;
        }
        circle(page, x, y, radius);
        float r = radius * 0.45f;
        switch (sign) {
            case HOLDS -> line(page, x - r, y, x - r * 0.2f, y - r * 0.8f, x + r, y + r * 0.8f);
            case FAILS -> {
                line(page, x - r, y - r, x + r, y + r);
                line(page, x - r, y + r, x + r, y - r);
            }
            default -> line(page, x - r, y, x + r, y);
        }
    }

    private static void line(PDPageContentStream page, float... points) throws IOException {
        page.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            page.lineTo(points[i], points[i + 1]);
        }
        page.stroke();
    }

    private static void circle(PDPageContentStream page, float x, float y, float r) throws IOException {
        float c = r * ROUND;
        page.moveTo(x + r, y);
        page.curveTo(x + r, y + c, x + c, y + r, x, y + r);
        page.curveTo(x - c, y + r, x - r, y + c, x - r, y);
        page.curveTo(x - r, y - c, x - c, y - r, x, y - r);
        page.curveTo(x + c, y - r, x + r, y - c, x + r, y);
        page.stroke();
    }
}
