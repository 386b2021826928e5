package io.strongroom.console.print;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a font from the form that browsers take (WOFF 1.0) into that which a PDF embeds (TrueType). */
final class Woff {
    private static final int SIGNATURE = 0x774F4646;
    private static final int HEADER = 44;
    private static final int ENTRY = 20;
    private static final int SFNT_HEADER = 12;
    private static final int SFNT_ENTRY = 16;

    private Woff() {}

    static byte[] unpack(byte[] woff) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(woff);
        if (woff.length < HEADER || in.getInt(0) != SIGNATURE) {
            throw new IOException("not a font in WOFF 1.0");
        }
        int tables = in.getShort(12) & 0xffff;
        ByteBuffer out = ByteBuffer.allocate(in.getInt(16));
        int power = Integer.highestOneBit(tables);
        out.putInt(in.getInt(4));
        out.putShort((short) tables);
        out.putShort((short) (power * 16));
        out.putShort((short) Integer.numberOfTrailingZeros(power));
        out.putShort((short) ((tables - power) * 16));
        int at = SFNT_HEADER + tables * SFNT_ENTRY;
        for (int i = 0; i < tables; i++) {
            int entry = HEADER + i * ENTRY;
            int length = in.getInt(entry + 12);
            out.putInt(in.getInt(entry));
            out.putInt(in.getInt(entry + 16));
            out.putInt(at);
            out.putInt(length);
            table(woff, in.getInt(entry + 4), in.getInt(entry + 8), out.array(), at, length);
            // Tables begin at multiples of four.
            at += length + 3 & ~3;
        }
        return out.array();
    }

    private static void table(byte[] woff, int offset, int packed, byte[] into, int at, int length) throws IOException {
        if (packed == length) {
            System.arraycopy(woff, offset, into, at, length);
            return;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(woff, offset, packed);
            if (inflater.inflate(into, at, length) != length) {
                throw new IOException("a table of the font ends early");
            }
        } catch (DataFormatException e) {
            throw new IOException("a table of the font is damaged", e);
        }
    }
}
