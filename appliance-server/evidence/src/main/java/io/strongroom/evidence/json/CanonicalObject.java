package io.strongroom.evidence.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index over the members of an object in canonical bytes: names and values are found as slices, and nothing is
 * copied. Because members stand in order, objects are merged by copying slices.
 *
 * <p>Immutable, as long as the bytes are.
 */
public final class CanonicalObject implements Iterable<Map.Entry<String, JsonSlice>> {
    private static final int INTS = 4;

    private final byte[] bytes;
    private final int count;

    // For each member, in order: offsets of the name's first byte, its closing quote, the value, the value's end.
    private final int[] spans;

    private CanonicalObject(byte[] bytes, int count, int[] spans) {
        this.bytes = bytes;
        this.count = count;
        this.spans = spans;
    }

    /**
     * Indexes any JSON object; its canonical form is made first.
     *
     * @throws JsonException if it is refused, or no object
     */
    public static CanonicalObject of(byte[] document) {
        return ofCanonical(CanonicalJson.of(document));
    }

    /**
     * Indexes an object whose bytes must be canonical already.
     *
     * @throws JsonException if they are not exactly the canonical form of an object
     */
    public static CanonicalObject ofExact(byte[] document) {
        CanonicalObject object = ofCanonical(document);
        if (!CanonicalJson.isCanonical(document)) {
            throw new JsonException("the document is not in its canonical form", 0, "");
        }
        return object;
    }

    /** Indexes an object in bytes that are known to be canonical. */
    public static CanonicalObject ofCanonical(byte[] canonical) {
        return ofCanonical(canonical, 0, canonical.length);
    }

    /**
     * Indexes an object in {@code length} bytes that are known to be canonical.
     *
     * @throws JsonException if they are no object
     */
    public static CanonicalObject ofCanonical(byte[] canonical, int offset, int length) {
        JsonReader reader = JsonReader.ofCanonical(canonical, offset, length);
        int[] spans = new int[16 * INTS];
        int count = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            int at = count * INTS;
            if (at == spans.length) {
                spans = Arrays.copyOf(spans, 2 * spans.length);
            }
            reader.nameSpan(spans, at);
            JsonSlice value = reader.slice();
            spans[at + 2] = value.offset();
            spans[at + 3] = value.offset() + value.length();
            count++;
        }
        reader.endObject();
        reader.end();
        return new CanonicalObject(canonical, count, spans);
    }

    /** Number of members. */
    public int size() {
        return count;
    }

    /** The value of a member, or null if there is none of that name. */
    public @Nullable JsonSlice get(String name) {
        for (int member = 0; member < count; member++) {
            if (isNamed(member, name)) {
                return value(member);
            }
        }
        return null;
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /**
     * The value of a member.
     *
     * @throws JsonException if there is none of that name
     */
    public JsonSlice require(String name) {
        JsonSlice value = get(name);
        if (value == null) {
            throw new JsonException("the member " + name + " is missing", 0, "");
        }
        return value;
    }

    /**
     * Refuses all other members.
     *
     * @throws JsonException if there is one that is not among these names
     */
    public void requireOnly(Collection<String> names) {
        for (int member = 0; member < count; member++) {
            String name = name(member);
            if (!names.contains(name)) {
                throw new JsonException("there is no member " + name + " in this format", 0, "");
            }
        }
    }

    private boolean isNamed(int member, String name) {
        return CanonicalStrings.isEqual(bytes, spans[member * INTS], spans[member * INTS + 1], name);
    }

    /** The name of member {@code i}, counted from 0 in canonical order. */
    public String name(int i) {
        return CanonicalStrings.decode(bytes, spans[i * INTS], spans[i * INTS + 1]);
    }

    /** The value of member {@code i}, counted from 0 in canonical order. */
    public JsonSlice value(int i) {
        int from = spans[i * INTS + 2];
        return new JsonSlice(bytes, from, spans[i * INTS + 3] - from);
    }

    /** The members in canonical order. */
    @Override
    public Iterator<Map.Entry<String, JsonSlice>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Map.Entry<String, JsonSlice> next() {
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                int member = next++;
                return Map.entry(name(member), value(member));
            }
        };
    }

    /** The names in canonical order. */
    public List<String> names() {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = name(i);
        }
        return List.of(names);
    }

    /**
     * Writes an object with the members of both, in canonical order.
     *
     * @param dropped members of this object that are left out
     * @throws IllegalStateException if a name that is not dropped is in both
     */
    public void merge(CanonicalObject added, Set<String> dropped, CanonicalWriter out) {
        out.beginObject();
        int i = 0;
        int j = 0;
        while (i < count || j < added.count) {
            if (i < count && !dropped.isEmpty() && dropped.contains(name(i))) {
                i++;
            } else if (j == added.count || i < count && compare(i, added, j) < 0) {
                copyMember(i++, out);
            } else {
                added.copyMember(j++, out);
            }
        }
        out.endObject();
    }

    /**
     * The bytes of an object with the members of both.
     *
     * @throws IllegalStateException if a name is in both
     */
    public byte[] merge(CanonicalObject added) {
        CanonicalWriter out = new CanonicalWriter();
        merge(added, Set.of(), out);
        return out.toBytes();
    }

    private int compare(int member, CanonicalObject other, int otherMember) {
        return CanonicalNames.compare(
                bytes,
                spans[member * INTS],
                spans[member * INTS + 1],
                other.bytes,
                other.spans[otherMember * INTS],
                other.spans[otherMember * INTS + 1]);
    }

    /** Writes member {@code i}, name and value, as it stands. */
    public void copyMember(int i, CanonicalWriter out) {
        out.rawMember(bytes, spans[i * INTS], spans[i * INTS + 1], value(i));
    }
}
