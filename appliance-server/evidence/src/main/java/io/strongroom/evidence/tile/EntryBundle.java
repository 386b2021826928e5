package io.strongroom.evidence.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 entries' leaf data, each behind its length as a big-endian uint16 (C2SP tlog-tiles, "Log entries"). */
public final class EntryBundle {
    /** The longest entry, in bytes. */
    public static final int MAX_ENTRY_BYTES = 0xffff;

    private EntryBundle() {}

    /**
     * Writes a bundle.
     *
     * @throws IllegalArgumentException if there are not 1 to 256 entries, or one is too long
     */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > TilePath.FULL_WIDTH) {
            throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
            }
            bundle.write(entry.length >>> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /**
     * Reads a bundle.
     *
     * @throws IllegalArgumentException if it is cut short, or has not 1 to 256 entries
     */
    public static List<byte[]> parse(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            if (entries.size() == TilePath.FULL_WIDTH) {
                throw new IllegalArgumentException("a bundle has at most 256 entries");
            }
            int length = bundle.length - at < 2 ? -1 : (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            if (length < 0 || bundle.length - at - 2 < length) {
                throw new IllegalArgumentException("the bundle is cut short at byte " + at);
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
            at += 2 + length;
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a bundle has at least one entry");
        }
        return entries;
    }
}
