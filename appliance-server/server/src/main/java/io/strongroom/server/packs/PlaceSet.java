package io.strongroom.server.packs;

/** Places of a range, one bit each, up to a size; a longer range is walked again rather than remembered. */
final class PlaceSet {
    /** 8 MiB of bits. */
    static final long MAX_PLACES = 1L << 26;

    private final long from;
    private final long[] bits;

    private PlaceSet(long from, long[] bits) {
        this.from = from;
        this.bits = bits;
    }

    /** An empty set for the places of [{@code from}, {@code to}). */
    static PlaceSet of(long from, long to) {
        if (to - from > MAX_PLACES) {
            throw new IllegalArgumentException("the range is too long to be remembered");
        }
        return new PlaceSet(from, new long[(int) ((to - from + 63) >>> 6)]);
    }

    static boolean fits(long from, long to) {
        return to - from <= MAX_PLACES;
    }

    void add(long seq) {
        long place = seq - from;
        bits[(int) (place >>> 6)] |= 1L << place;
    }

    boolean has(long seq) {
        long place = seq - from;
        return (bits[(int) (place >>> 6)] >>> place & 1) != 0;
    }
}
