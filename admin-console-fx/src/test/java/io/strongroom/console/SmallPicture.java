package io.strongroom.console;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture of a window as a PNG with a palette, a third as large as one with all colours: of shades that the eye does not
 * tell apart only the one that there is most of is kept.
 */
final class SmallPicture {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int MOST_COLOURS = 256;

    /** The square of how far apart, in red, green and blue, two shades are that are both kept. */
    private static final int APART = 100;

    private SmallPicture() {}

    static byte[] of(BufferedImage picture) throws IOException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> palette = palette(counts);
        Map<Integer, Integer> places = new HashMap<>();
        byte[] rows = new byte[height * (width + 1)];
        for (int y = 0; y < height; y++) {
            // The first byte of a row says that it is as it is, without a filter.
            for (int x = 0; x < width; x++) {
                rows[y * (width + 1) + x + 1] =
                        (byte) (int) places.computeIfAbsent(pixels[y * width + x], colour -> nearest(palette, colour));
            }
        }
        return png(width, height, palette, rows);
    }

    private static List<Integer> palette(Map<Integer, Integer> counts) {
        List<Integer> palette = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .filter(colour -> palette.stream().allMatch(kept -> far(kept, colour) > APART))
                .limit(MOST_COLOURS)
                .forEach(palette::add);
        return palette;
    }

    private static int nearest(List<Integer> palette, int colour) {
        int nearest = 0;
        for (int i = 1; i < palette.size(); i++) {
            if (far(palette.get(i), colour) < far(palette.get(nearest), colour)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static int far(int one, int other) {
        int far = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int apart = (one >> shift & 0xff) - (other >> shift & 0xff);
            far += apart * apart;
        }
        return far;
    }

    private static byte[] png(int width, int height, List<Integer> palette, byte[] rows) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        // Eight bits to a pixel, which names a colour of the palette.
        fields.write(new byte[] {8, 3, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        byte[] colours = new byte[3 * palette.size()];
        for (int i = 0; i < palette.size(); i++) {
            colours[3 * i] = (byte) (palette.get(i) >> 16);
            colours[3 * i + 1] = (byte) (palette.get(i) >> 8);
            colours[3 * i + 2] = (byte) (int) palette.get(i);
        }
        chunk(out, "PLTE", colours);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflater.write(rows);
        }
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) check.getValue());
    }
}
