package io.strongroom.policies.pattern;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by the bytes of a name, found without a copy of the name. Readers need no lock: a table is never changed, only
 * replaced by {@link #with}.
 */
final class NameTable<V> {
    private final byte[][] names;
    private final Object[] values;
    private final int size;

    private NameTable(byte[][] names, Object[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    static <V> NameTable<V> empty() {
        return new NameTable<>(new byte[8][], new Object[8], 0);
    }

    int size() {
        return size;
    }

    @Nullable
    V get(byte[] bytes, int from, int to) {
        int mask = names.length - 1;
        for (int i = hash(bytes, from, to) & mask; names[i] != null; i = i + 1 & mask) {
            if (Arrays.equals(names[i], 0, names[i].length, bytes, from, to)) {
                @SuppressWarnings("unchecked")
                V value = (V) values[i];
                return value;
            }
        }
        return null;
    }

    /** This table with a name more, or with another value for a name. */
    NameTable<V> with(byte[] name, V value) {
        int capacity = (size + 1) * 2 > names.length ? names.length * 2 : names.length;
        NameTable<V> next = new NameTable<>(new byte[capacity][], new Object[capacity], size + 1);
        boolean replaced = false;
        for (int i = 0; i < names.length; i++) {
            if (names[i] != null) {
                boolean same = Arrays.equals(names[i], name);
                replaced |= same;
                next.put(names[i], same ? value : values[i]);
            }
        }
        if (replaced) {
            return new NameTable<>(next.names, next.values, size);
        }
        next.put(name, value);
        return next;
    }

    private void put(byte[] name, Object value) {
        int mask = names.length - 1;
        int i = hash(name, 0, name.length) & mask;
        while (names[i] != null) {
            i = i + 1 & mask;
        }
        names[i] = name;
        values[i] = value;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
