package io.strongroom.evidence.tile;

/**
 * Names of tiles and entry bundles (C2SP tlog-tiles, "Merkle Tree" and "Log entries"), relative to the log's prefix:
 * {@code tile/<L>/<N>[.p/<W>]} and {@code tile/entries/<N>[.p/<W>]}.
 *
 * @param level 0 to 63, or {@link #ENTRIES} for a bundle of entries
 * @param index from 0, in its level
 * @param width hashes or entries in it: 256 for a full one, 1 to 255 for a partial one
 */
public record TilePath(int level, long index, int width) {
    /** Hashes in a full tile. */
    public static final int FULL_WIDTH = 256;

    /** The level of a bundle of entries. */
    public static final int ENTRIES = -1;

    /** The highest level. */
    public static final int MAX_LEVEL = 63;

    private static final String PREFIX = "tile/";
    private static final String PARTIAL = ".p/";

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("no tile has level " + level + ", index " + index + ", width " + width);
        }
    }

    /** A full tile. */
    public static TilePath full(int level, long index) {
        return new TilePath(level, index, FULL_WIDTH);
    }

    /** A bundle of entries. */
    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /**
     * The width at {@code index} of {@code level} in a tree of {@code size} leaves: 256, 1 to 255, or 0 if there is no
     * such tile.
     *
     * @param level 0 to 63, or {@link #ENTRIES}
     */
    public static int widthAt(int level, long index, long size) {
        long hashes = hashesAt(level, size);
        long full = hashes >>> 8;
        if (index < full) {
            return FULL_WIDTH;
        }
        return index == full ? (int) (hashes & 0xff) : 0;
    }

    /** How many hashes {@code level} has in a tree of {@code size} leaves: {@code floor(size / 256^level)}. */
    public static long hashesAt(int level, long size) {
        int shift = 8 * Math.max(level, 0);
        return shift >= Long.SIZE ? 0 : size >>> shift;
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is not exactly the one form
     */
    public static TilePath parse(String path) {
        int slash = path.indexOf('/', PREFIX.length());
        if (!path.startsWith(PREFIX) || slash < 0 || path.length() > 64) {
            throw malformed(path);
        }
        String levelText = path.substring(PREFIX.length(), slash);
        int level = levelText.equals("entries") ? ENTRIES : number(levelText, 2, path);
        int partial = path.indexOf(PARTIAL);
        String indexText = path.substring(slash + 1, partial < 0 ? path.length() : partial);
        int width = partial < 0 ? FULL_WIDTH : number(path.substring(partial + PARTIAL.length()), 3, path);
        if (partial >= 0 && width == FULL_WIDTH) {
            throw malformed(path);
        }
        TilePath parsed;
        try {
            parsed = new TilePath(level, index(indexText, path), width);
        } catch (ArithmeticException tooLarge) {
            throw malformed(path);
        }
        if (!parsed.toString().equals(path)) {
            throw malformed(path);
        }
        return parsed;
    }

    private static long index(String text, String path) {
        long index = 0;
        for (String group : text.split("/", -1)) {
            String digits = group.startsWith("x") ? group.substring(1) : group;
            if (digits.length() != 3) {
                throw malformed(path);
            }
            index = Math.addExact(Math.multiplyExact(index, 1000L), number(digits, 3, path));
        }
        return index;
    }

    private static int number(String text, int maxDigits, String path) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(path);
            }
            value = value * 10 + digit;
        }
        if (text.isEmpty() || text.length() > maxDigits) {
            throw malformed(path);
        }
        return value;
    }

    private static IllegalArgumentException malformed(String path) {
        String shown = path.length() > 80 ? path.substring(0, 80) + "…" : path;
        return new IllegalArgumentException("not the path of a tile: " + shown);
    }

    /** Whether it is full, and so never changes. */
    public boolean isFull() {
        return width == FULL_WIDTH;
    }

    /** The path, as in {@code tile/0/x001/x234/067.p/8}. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder(PREFIX);
        if (level == ENTRIES) {
            path.append("entries");
        } else {
            path.append(level);
        }
        path.append('/').append(indexPath(index));
        if (!isFull()) {
            path.append(PARTIAL).append(width);
        }
        return path.toString();
    }

    /** The index in groups of three digits, all but the last behind an x: {@code x001/x234/067}. */
    public static String indexPath(long index) {
        String last = threeDigits(index % 1000);
        StringBuilder path = new StringBuilder(last);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + threeDigits(rest % 1000) + "/");
        }
        return path.toString();
    }

    private static String threeDigits(long value) {
        return "" + (char) ('0' + value / 100) + (char) ('0' + value / 10 % 10) + (char) ('0' + value % 10);
    }
}
