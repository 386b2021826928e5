package io.strongroom.server.projection;

import io.strongroom.evidence.RecordId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive entries of the timeline, column by column: their times, ids and values as hashes, never the body.
 *
 * <p>At most {@value #SIZE}, never across a multiple of {@value #SIZE}, and of ids whose times lie at most
 * {@value #ID_SPAN_MILLIS} ms apart, so that an id is looked for in the pages of so short a time.
 *
 * <p>Packed: the number of entries; {@code at} and {@code occurredAt} as steps; which have no id, then the ids' times as
 * steps and their random bytes; for each of {@link #FIELDS} the distinct values and, of more than one, which of them each
 * entry has; likewise the labels, with how many an entry has.
 */
final class TimelinePage {
    static final int SIZE = 64;
    static final long ID_SPAN_MILLIS = 10_000;

    /** The fields that have a column, in the order in which they are packed. A value is 0 where the record does not say. */
    private static final List<Field> FIELDS = List.of(
            Field.STREAM,
            Field.SOURCE,
            Field.ACTION,
            Field.OUTCOME,
            Field.ACTOR,
            Field.ACTOR_TYPE,
            Field.RESOURCE,
            Field.RESOURCE_TYPE);

    private static final int[] NO_LABELS = {};

    private final long firstSeq;
    private final long[] at;
    private final long[] occurred;
    private final @Nullable RecordId[] ids;
    private final long[][] values = new long[FIELDS.size()][];
    private final int[][] labels;

    private TimelinePage(long firstSeq, Varints.Reader in) {
        this.firstSeq = firstSeq;
        int size = in.nextInt();
        at = steps(in, size);
        occurred = steps(in, size);
        ids = ids(in, size);
        for (int field = 0; field < values.length; field++) {
            values[field] = column(in, size);
        }
        labels = labels(in, size);
    }

    static TimelinePage parse(long firstSeq, byte[] packed) {
        return new TimelinePage(firstSeq, new Varints.Reader(packed));
    }

    /** The {@code occurredAt} of a page's entries, epoch milliseconds, and nothing else of it. */
    static long[] occurred(byte[] packed) {
        Varints.Reader in = new Varints.Reader(packed);
        int size = in.nextInt();
        for (int i = 0; i < size; i++) {
            var at = in.next();
        }
        return steps(in, size);
    }

    /** The number of the block in which an entry's page lies; a block is a page when it was written in one go. */
    static long blockOf(long seq) {
        return seq / SIZE;
    }

    long firstSeq() {
        return firstSeq;
    }

    int size() {
        return at.length;
    }

    /** When the ledger took the entry, epoch milliseconds. */
    long at(int index) {
        return at[index];
    }

    /** Epoch milliseconds. */
    long occurred(int index) {
        return occurred[index];
    }

    /** Null where the entry could not be read. */
    @Nullable
    RecordId id(int index) {
        return ids[index];
    }

    /** The hash of the value, or 0. */
    long value(Field field, int index) {
        int column = FIELDS.indexOf(field);
        if (column < 0) {
            throw new IllegalArgumentException(field + " has no column");
        }
        return values[column][index];
    }

    /** The terms of the labels. */
    int[] labels(int index) {
        return labels[index];
    }

    /** Packs the rows of [{@code from}, {@code to}). */
    static byte[] pack(ProjectionBatch batch, int from, int to) {
        Varints out = new Varints((to - from) * 40);
        out.put(to - from);
        long previous = 0;
        for (int i = from; i < to; i++) {
            out.putSigned(batch.row(i).at - previous);
            previous = batch.row(i).at;
        }
        previous = 0;
        for (int i = from; i < to; i++) {
            out.putSigned(batch.row(i).occurredAt - previous);
            previous = batch.row(i).occurredAt;
        }
        putIds(out, batch, from, to);
        Distinct distinct = new Distinct();
        for (Field field : FIELDS) {
            distinct.clear();
            byte[] which = new byte[to - from];
            for (int i = from; i < to; i++) {
                which[i - from] = (byte) distinct.indexOf(batch.row(i).value(field));
            }
            distinct.put(out, Long.BYTES);
            if (distinct.size() > 1) {
                out.put(which);
            }
        }
        putLabels(out, batch, from, to, distinct);
        return out.toBytes();
    }

    private static void putIds(Varints out, ProjectionBatch batch, int from, int to) {
        long absent = 0;
        for (int i = from; i < to; i++) {
            if (batch.row(i).id == null) {
                absent |= 1L << i - from;
            }
        }
        out.put(absent);
        long previous = 0;
        for (int i = from; i < to; i++) {
            RecordId id = batch.row(i).id;
            if (id != null) {
                out.putSigned(id.epochMillis() - previous);
                previous = id.epochMillis();
                out.putFixed(id.high(), Short.BYTES);
                out.putFixed(id.low(), Long.BYTES);
            }
        }
    }

    private static void putLabels(Varints out, ProjectionBatch batch, int from, int to, Distinct distinct) {
        distinct.clear();
        for (int i = from; i < to; i++) {
            for (int label : batch.row(i).labels) {
                distinct.indexOf(label);
            }
        }
        distinct.put(out, Integer.BYTES);
        if (distinct.size() == 0) {
            return;
        }
        for (int i = from; i < to; i++) {
            int[] labels = batch.row(i).labels;
            out.put(labels.length);
            for (int label : labels) {
                out.put(distinct.indexOf(label));
            }
        }
    }

    private static long[] steps(Varints.Reader in, int size) {
        long[] steps = new long[size];
        long value = 0;
        for (int i = 0; i < size; i++) {
            value += in.nextSigned();
            steps[i] = value;
        }
        return steps;
    }

    private static @Nullable RecordId[] ids(Varints.Reader in, int size) {
        @Nullable RecordId[] ids = new RecordId[size];
        long absent = in.next();
        long time = 0;
        for (int i = 0; i < size; i++) {
            if ((absent & 1L << i) == 0) {
                time += in.nextSigned();
                long high = time << Short.SIZE | in.nextFixed(Short.BYTES);
                ids[i] = new RecordId(high, in.nextFixed(Long.BYTES));
            }
        }
        return ids;
    }

    private static long[] distinct(Varints.Reader in, int bytes) {
        long[] distinct = new long[in.nextInt()];
        for (int i = 0; i < distinct.length; i++) {
            distinct[i] = in.nextFixed(bytes);
        }
        return distinct;
    }

    private static long[] column(Varints.Reader in, int size) {
        long[] distinct = distinct(in, Long.BYTES);
        long[] column = new long[size];
        for (int i = 0; i < size; i++) {
            column[i] = distinct[distinct.length == 1 ? 0 : (int) in.nextFixed(1)];
        }
        return column;
    }

    private static int[][] labels(Varints.Reader in, int size) {
        int[][] labels = new int[size][];
        long[] distinct = distinct(in, Integer.BYTES);
        Arrays.fill(labels, NO_LABELS);
        for (int i = 0; i < size && distinct.length > 0; i++) {
            labels[i] = new int[in.nextInt()];
            for (int j = 0; j < labels[i].length; j++) {
                labels[i][j] = (int) distinct[in.nextInt()];
            }
        }
        return labels;
    }

    /** The distinct values of a column, in the order in which they came. Few, so they are simply looked through. */
    private static final class Distinct {
        private long[] values = new long[SIZE];
        private int size;

        void clear() {
            size = 0;
        }

        int size() {
            return size;
        }

        int indexOf(long value) {
            for (int i = 0; i < size; i++) {
                if (values[i] == value) {
                    return i;
                }
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size] = value;
            return size++;
        }

        void put(Varints out, int bytes) {
            out.put(size);
            for (int i = 0; i < size; i++) {
                out.putFixed(values[i], bytes);
            }
        }
    }
}
