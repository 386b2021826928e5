package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.json.CanonicalScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where members stand in an object inside a record. Neighbours mostly have the same object: it is looked through again only
 * where it is another.
 */
final class InnerMembers {
    private static final byte[] NOTHING_YET = {};

    private final byte[][] names;
    private final CanonicalScan scan = new CanonicalScan("");
    private byte[] last = NOTHING_YET;
    private int length;

    // By name, from the object's first byte; two equal places where it has no such member.
    private final int[] from;
    private final int[] to;

    InnerMembers(String... names) {
        this.names = new byte[names.length][];
        this.from = new int[names.length];
        this.to = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Looks at the value of [{@code start}, {@code end}), which is canonical.
     *
     * @throws IllegalArgumentException if it is no object
     */
    void look(byte[] json, int start, int end) {
        if (Arrays.equals(json, start, end, last, 0, length)) {
            return;
        }
        length = end - start;
        last = last.length < length ? new byte[2 * length] : last;
        System.arraycopy(json, start, last, 0, length);
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
        if (last[0] != '{' || !scan.isCanonical(last, 0, length)) {
            throw new IllegalArgumentException("no object where the format has one");
        }
        for (int i = 0; i < scan.members(); i++) {
            for (int name = 0; name < names.length; name++) {
                if (scan.isNamed(i, names[name])) {
                    from[name] = scan.valueFrom(i);
                    to[name] = scan.valueTo(i);
                }
            }
        }
    }

    /** Where the value of a member begins, by the number of its name, counted from the first byte of the object. */
    int from(int name) {
        return from[name];
    }

    /** Where it ends. */
    int to(int name) {
        return to[name];
    }
}
