package io.strongroom.server.packs.parquet;

import java.util.List;

/**
 * One physical column and the values that wait for their row group. A map has two: its keys and its values.
 *
 * @see <a href="https://github.com/apache/parquet-format">parquet-format: encodings PLAIN and RLE, data page v1</a>
 */
final class Leaf {
    /** Parquet's physical types. */
    static final int INT64 = 2;

    static final int BYTE_ARRAY = 6;

    final List<String> path;
    final int type;
    final int maxDefinition;
    final int maxRepetition;

    private final Levels definitions = new Levels();
    private final Levels repetitions = new Levels();
    private final Bytes values = new Bytes();
    private long count;
    private long nulls;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    Leaf(List<String> path, int type, int maxDefinition, int maxRepetition) {
        this.path = path;
        this.type = type;
        this.maxDefinition = maxDefinition;
        this.maxRepetition = maxRepetition;
    }

    void int64(long value) {
        level(maxDefinition, 0);
        values.int64(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void bytes(byte[] bytes, int offset, int length, int repetition) {
        level(maxDefinition, repetition);
        values.int32(length);
        values.put(bytes, offset, length);
    }

    /** No value; {@code definition} says how much of the way to it is there. */
    void missing(int definition) {
        level(definition, 0);
        nulls++;
    }

    private void level(int definition, int repetition) {
        count++;
        if (maxDefinition > 0) {
            definitions.add(definition);
        }
        if (maxRepetition > 0) {
            repetitions.add(repetition);
        }
    }

    int buffered() {
        return values.length() + definitions.length() + repetitions.length();
    }

    long count() {
        return count;
    }

    long nulls() {
        return nulls;
    }

    /** Whether there is a number whose least and greatest are known. */
    boolean hasRange() {
        return type == INT64 && count > nulls;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    /** The body of the page: levels, then values. */
    void page(Bytes into) {
        if (maxRepetition > 0) {
            repetitions.finish(into);
        }
        if (maxDefinition > 0) {
            definitions.finish(into);
        }
        into.put(values);
    }

    void clear() {
        definitions.clear();
        repetitions.clear();
        values.clear();
        count = 0;
        nulls = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
    }

    /** Levels as runs (RLE, in a page with its length before it). No level here is above 3, so one byte holds it. */
    private static final class Levels {
        private final Bytes runs = new Bytes();
        private int level = -1;
        private int run;

        void add(int next) {
            if (next != level) {
                flush();
                level = next;
            }
            run++;
        }

        private void flush() {
            if (run > 0) {
                runs.varint((long) run << 1);
                runs.put(level);
                run = 0;
            }
        }

        int length() {
            return runs.length();
        }

        void finish(Bytes into) {
            flush();
            into.int32(runs.length());
            into.put(runs);
        }

        void clear() {
            runs.clear();
            level = -1;
            run = 0;
        }
    }
}
