package io.strongroom.server.projection;

/** Reads the row of one bucket as {@link SegmentWriter} wrote it. */
final class Postings {
    private Postings() {}

    /** Adds the records of the segment that have {@code term}. */
    static void collect(byte[] row, int term, Offsets into) {
        int wanted = Segment.low(term);
        Varints.Reader reader = new Varints.Reader(row);
        int low = 0;
        while (reader.hasMore()) {
            low += reader.nextInt();
            long head = reader.next();
            boolean bitmap = (head & 1) != 0;
            int count = Math.toIntExact(head >>> 1);
            if (low > wanted) {
                return;
            }
            if (low == wanted) {
                if (bitmap) {
                    into.addBitmap(row, reader.skip(Offsets.BYTES));
                    return;
                }
                int offset = 0;
                for (int i = 0; i < count; i++) {
                    offset += reader.nextInt();
                    into.add(offset);
                }
                return;
            }
            if (bitmap) {
                reader.skip(Offsets.BYTES);
            } else {
                for (int i = 0; i < count; i++) {
                    reader.next();
                }
            }
        }
    }
}
