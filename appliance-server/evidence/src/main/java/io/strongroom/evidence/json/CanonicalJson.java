package io.strongroom.evidence.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes JSON canonical as RFC 8785 says: one pass over the bytes of a document, into the bytes of its one canonical
 * form, with no tree between.
 *
 * <p>Stricter than RFC 8785 where two documents could share a form or a reader could be misled. Refused are: duplicate
 * member names, lone surrogates, numbers that overflow, integer literals beyond ±(2^53−1), nesting deeper than
 * {@value #MAX_DEPTH}, invalid UTF-8, a byte-order mark, and anything after the document. Refused is also any other
 * number whose canonical form would be such an integer literal ({@code 1e18}): so every canonical form is itself
 * accepted, and unchanged.
 *
 * <p>An instance keeps its buffers and is for one thread; {@link #of(byte[])} needs none.
 */
public final class CanonicalJson {
    /** The deepest nesting that is accepted; a document that is one flat object has depth 1. */
    public static final int MAX_DEPTH = Trail.MAX_DEPTH;

    /** The largest magnitude of an integer literal: 2^53−1. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    // What a step may write beyond the bytes that it read: a number's longest form, or eight bytes copied at once.
    private static final int SLACK = 32;

    // From here on the ECMAScript form has an exponent.
    static final double FIRST_WITH_EXPONENT = 1e21;

    private final Trail trail = new Trail();
    private final MemberSort members = new MemberSort();

    private byte[] in = new byte[0];
    private int start;
    private int end;
    private int pos;

    // Before each step out has room for the rest of the input and SLACK bytes more.
    private byte[] out;
    private int to;

    /** A canonicaliser for documents of about a kilobyte; its buffers grow to what it meets. */
    public CanonicalJson() {
        this(1024);
    }

    private CanonicalJson(int capacity) {
        out = new byte[capacity + SLACK];
    }

    /**
     * The canonical form of a document.
     *
     * @throws JsonException if it is refused
     */
    public static byte[] of(byte[] document) {
        return of(document, 0, document.length);
    }

    /**
     * The canonical form of the document in {@code length} bytes from {@code offset}; positions count from there.
     *
     * @throws JsonException if it is refused
     */
    public static byte[] of(byte[] document, int offset, int length) {
        return new CanonicalJson(length).canonicalise(document, offset, length);
    }

    /** Whether the document is exactly its canonical form. */
    public static boolean isCanonical(byte[] document) {
        return new CanonicalScan("").isCanonical(document, 0, document.length);
    }

    /** As {@link #of(byte[], int, int)}, with this instance's buffers. */
    public byte[] canonicalise(byte[] document, int offset, int length) {
        run(document, offset, length);
        return Arrays.copyOf(out, to);
    }

    /**
     * As {@link #canonicalise}, but leaves the form in {@link #buffer()}.
     *
     * @return its length
     */
    public int run(byte[] document, int offset, int length) {
        in = document;
        start = offset;
        pos = offset;
        end = offset + length;
        to = 0;
        trail.reset();
        members.truncate(0);
        ensureRoom();
        if (length >= 3 && in[pos] == (byte) 0xef && in[pos + 1] == (byte) 0xbb && in[pos + 2] == (byte) 0xbf) {
            throw refused("a byte-order mark is not JSON", pos);
        }
        value(next());
        if (next() >= 0) {
            throw refused("something follows the document", pos);
        }
        return to;
    }

    /** Holds the last result from offset 0; overwritten by the next. */
    public byte[] buffer() {
        return out;
    }

    private void ensureRoom() {
        int needed = Math.addExact(to, end - pos + SLACK);
        if (out.length < needed) {
            out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * out.length)));
        }
    }

    /** Skips white space and gives the byte at {@code pos}, or −1 at the end. */
    private int next() {
        while (pos < end) {
            int c = in[pos];
            if (c > ' ' || c < 0) {
                return c & 0xff;
            }
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw refused("a control character stands between values", pos);
            }
            pos++;
        }
        return -1;
    }

    private void value(int first) {
        switch (first) {
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case -1 -> throw refused("the document ends where a value was expected", pos);
            default -> throw refused("a value was expected", pos);
        }
    }

    private void open() {
        if (trail.depth() == MAX_DEPTH) {
            throw refused("nested deeper than " + MAX_DEPTH, pos);
        }
        out[to++] = in[pos++];
    }

    private void close() {
        out[to++] = in[pos++];
        trail.leave();
    }

    private void object() {
        open();
        trail.enterObject();
        if (next() == '}') {
            close();
            return;
        }
        int first = members.count();
        boolean ordered = true;
        while (true) {
            int member = members.count();
            name(member);
            if (ordered && member > first) {
                int order = members.compare(out, member - 1, member);
                if (order == 0) {
                    throw duplicate(member);
                }
                ordered = order < 0;
            }
            if (next() != ':') {
                throw refused("a colon was expected after the member name", pos);
            }
            out[to++] = ':';
            pos++;
            value(next());
            members.memberEnds(member, to);
            int c = next();
            if (c == '}') {
                break;
            }
            if (c != ',') {
                throw refused("a comma or the end of the object was expected", pos);
            }
            out[to++] = ',';
            pos++;
        }
        if (!ordered) {
            int twice = members.sort(out, first);
            if (twice >= 0) {
                throw duplicate(twice);
            }
        }
        members.truncate(first);
        close();
    }

    private void name(int member) {
        trail.noName();
        if (next() != '"') {
            throw refused("a member name in quotes was expected", pos);
        }
        members.begin(to, pos);
        string();
        members.nameEnds(member, to - 1);
        trail.name(members.nameFrom(member), to - 1);
    }

    private JsonException duplicate(int member) {
        trail.name(members.nameFrom(member), members.nameTo(member));
        return refused("the member name stands twice in its object", members.inputAt(member));
    }

    private void array() {
        open();
        trail.enterArray();
        if (next() == ']') {
            close();
            return;
        }
        while (true) {
            trail.element();
            value(next());
            int c = next();
            if (c == ']') {
                break;
            }
            if (c != ',') {
                throw refused("a comma or the end of the array was expected", pos);
            }
            out[to++] = ',';
            pos++;
        }
        close();
    }

    private void literal(String word) {
        int length = word.length();
        boolean same = end - pos >= length;
        for (int i = 0; same && i < length; i++) {
            out[to + i] = (byte) word.charAt(i);
            same = in[pos + i] == out[to + i];
        }
        if (!same) {
            throw refused("a value was expected", pos);
        }
        pos += length;
        to += length;
    }

    private void string() {
        out[to++] = '"';
        pos++;
        while (true) {
            copyPlain();
            if (pos >= end) {
                throw refused("the document ends inside a string", pos);
            }
            int c = in[pos];
            if (c == '"') {
                out[to++] = '"';
                pos++;
                return;
            } else if (c == '\\') {
                escape();
            } else if (c < 0) {
                int length = Utf8.sequenceLength(in, pos, end);
                if (length == 0) {
                    throw refused("invalid UTF-8", pos);
                }
                for (int i = 0; i < length; i++) {
                    out[to++] = in[pos++];
                }
            } else {
                throw refused("a control character stands in a string without an escape", pos);
            }
        }
    }

    /** Copies what needs no thought, eight bytes at a time, up to the next byte that does. */
    private void copyPlain() {
        byte[] from = in;
        byte[] target = out;
        int p = pos;
        int t = to;
        while (end - p >= Long.BYTES) {
            long eight = (long) ByteScan.LONGS.get(from, p);
            ByteScan.LONGS.set(target, t, eight);
            long special = CanonicalStrings.special(eight);
            if (special != 0) {
                int plain = Long.numberOfTrailingZeros(special) >>> 3;
                pos = p + plain;
                to = t + plain;
                return;
            }
            p += Long.BYTES;
            t += Long.BYTES;
        }
        while (p < end && from[p] >= 0x20 && from[p] != '"' && from[p] != '\\') {
            target[t++] = from[p++];
        }
        pos = p;
        to = t;
    }

    private void escape() {
        int at = pos;
        int c = pos + 1 < end ? in[pos + 1] : -1;
        pos += 2;
        switch (c) {
            case '"', '\\', '/' -> to = Utf8.writeEscaped(c, out, to);
            case 'b' -> to = Utf8.writeEscaped('\b', out, to);
            case 't' -> to = Utf8.writeEscaped('\t', out, to);
            case 'n' -> to = Utf8.writeEscaped('\n', out, to);
            case 'f' -> to = Utf8.writeEscaped('\f', out, to);
            case 'r' -> to = Utf8.writeEscaped('\r', out, to);
            case 'u' -> unicodeEscape(at);
            default -> throw refused("no such escape", at);
        }
    }

    private void unicodeEscape(int at) {
        int unit = Hex.fourDigits(in, pos, end);
        if (unit < 0) {
            throw refused("\\u needs four hex digits", at);
        }
        pos += 4;
        if (unit < 0x80) {
            to = Utf8.writeEscaped(unit, out, to);
        } else if (unit < 0xd800 || unit > 0xdfff) {
            to = Utf8.write(unit, out, to);
        } else {
            boolean pair = unit < 0xdc00 && end - pos >= 6 && in[pos] == '\\' && in[pos + 1] == 'u';
            int low = pair ? Hex.fourDigits(in, pos + 2, end) : -1;
            if (low < 0xdc00 || low > 0xdfff) {
                throw refused("a lone surrogate is no character", at);
            }
            pos += 6;
            to = Utf8.write(Character.toCodePoint((char) unit, (char) low), out, to);
        }
    }

    private void number() {
        int first = pos;
        int p = in[pos] == '-' ? pos + 1 : pos;
        int digitsFrom = p;
        p = digits(p);
        int digits = p - digitsFrom;
        if (digits > 1 && in[digitsFrom] == '0') {
            throw refused("a number has no leading zero", first);
        }
        boolean zero = in[digitsFrom] == '0';
        int c = p < end ? in[p] : 0;
        if (c != '.' && c != 'e' && c != 'E') {
            integer(first, p, digits, zero);
            return;
        }
        // A decimal of at most 15 digits reads back as itself, so it is its own shortest form.
        boolean asItIs = false;
        if (c == '.') {
            int fraction = p + 1;
            p = digits(fraction);
            c = p < end ? in[p] : 0;
            asItIs = c != 'e'
                    && c != 'E'
                    && digits + p - fraction <= 15
                    && in[p - 1] != '0'
                    && !(zero && leadingZeros(fraction, p) > 5);
        }
        if (c == 'e' || c == 'E') {
            p++;
            if (p < end && (in[p] == '+' || in[p] == '-')) {
                p++;
            }
            p = digits(p);
        }
        if (asItIs) {
            copy(first, p);
        } else {
            decimal(first, p);
        }
    }

    /** The offset after the digits from {@code at}, of which there must be one. */
    private int digits(int at) {
        int p = at;
        while (p < end && in[p] >= '0' && in[p] <= '9') {
            p++;
        }
        if (p == at) {
            throw refused("a digit was expected", p);
        }
        return p;
    }

    private int leadingZeros(int from, int limit) {
        int p = from;
        while (p < limit && in[p] == '0') {
            p++;
        }
        return p - from;
    }

    private void integer(int first, int after, int digits, boolean zero) {
        if (zero) {
            out[to++] = '0';
            pos = after;
            return;
        }
        if (digits > 16 || digits == 16 && magnitude(after - 16) > MAX_INTEGER) {
            throw refused("a whole number beyond 2^53-1 must be a string", first);
        }
        copy(first, after);
    }

    private long magnitude(int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            value = value * 10 + (in[i] - '0');
        }
        return value;
    }

    private void copy(int from, int after) {
        for (int i = from; i < after; i++) {
            out[to++] = in[i];
        }
        pos = after;
    }

    private void decimal(int first, int after) {
        double value = Double.parseDouble(new String(in, first, after - first, StandardCharsets.US_ASCII));
        if (Double.isInfinite(value)) {
            throw refused("the number is too large for a double", first);
        }
        double magnitude = Math.abs(value);
        if (magnitude > MAX_INTEGER && magnitude < FIRST_WITH_EXPONENT) {
            throw refused("a whole number beyond 2^53-1 must be a string", first);
        }
        to = EcmaNumber.write(value, out, to);
        pos = after;
        ensureRoom();
    }

    private JsonException refused(String reason, int at) {
        return new JsonException(reason, at - start, trail.pointer(out));
    }
}
