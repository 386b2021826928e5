package io.strongroom.server.projection;

import java.util.function.IntConsumer;

/** Reads the row of one bucket as {@link SegmentWriter} wrote it. */
final class Postings {
    private Postings() {}

    /** Hands out the low bits of each term that there is, in order. */
    static void terms(byte[] row, IntConsumer sink) {
        Varints.Reader reader = new Varints.Reader(row);
        int low = 0;
        while (reader.hasMore()) {
            low += reader.nextInt();
            sink.accept(low);
            skip(reader, reader.next());
        }
    }

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
            skip(reader, head);
        }
    }

    private static void skip(Varints.Reader reader, long head) {
        if ((head & 1) != 0) {
            reader.skip(Offsets.BYTES);
            return;
        }
        for (long left = head >>> 1; left > 0; left--) {
            reader.pass();
        }
    }
}
