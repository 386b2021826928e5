package io.strongroom.evidence.json;

import java.util.Arrays;
import java.util.Objects;

/**
 * Writes a canonical document into a growing buffer. Members must come in canonical order, or it throws
 * {@link IllegalStateException}: what it gives is canonical or nothing.
 *
 * <p>For one thread; {@link #reset()} makes it ready for the next document with the same buffer.
 */
public final class CanonicalWriter {
    private final Trail trail = new Trail();
    private byte[] out;
    private int to;
    private boolean named;
    private boolean done;

    /** A writer that begins with room for 512 bytes. */
    public CanonicalWriter() {
        this(512);
    }

    /** A writer that begins with room for {@code capacity} bytes. */
    public CanonicalWriter(int capacity) {
        out = new byte[Math.max(capacity, 16)];
    }

    /** Forgets what was written. */
    public CanonicalWriter reset() {
        trail.reset();
        to = 0;
        named = false;
        done = false;
        return this;
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(to, more);
        if (needed > out.length) {
            out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * out.length)));
        }
    }

    private void put(int c) {
        ensureRoom(1);
        out[to++] = (byte) c;
    }

    /** Begins an object. */
    public CanonicalWriter beginObject() {
        beginContainer('{');
        trail.enterObject();
        return this;
    }

    /** Begins an array. */
    public CanonicalWriter beginArray() {
        beginContainer('[');
        trail.enterArray();
        return this;
    }

    private void beginContainer(char bracket) {
        if (trail.depth() == Trail.MAX_DEPTH) {
            throw new IllegalStateException("nested deeper than " + Trail.MAX_DEPTH);
        }
        beginValue();
        put(bracket);
    }

    /** Ends the object begun last. */
    public CanonicalWriter endObject() {
        if (!trail.inObject() || named) {
            throw new IllegalStateException("no object ends here");
        }
        return end('}');
    }

    /** Ends the array begun last. */
    public CanonicalWriter endArray() {
        if (!trail.inArray()) {
            throw new IllegalStateException("no array ends here");
        }
        return end(']');
    }

    private CanonicalWriter end(char bracket) {
        put(bracket);
        trail.leave();
        endValue();
        return this;
    }

    /** Writes a member's name, which must sort after the one before it in this object. */
    public CanonicalWriter name(String name) {
        beginName();
        int from = to + 1;
        quoted(name);
        return endName(from);
    }

    private void beginName() {
        if (!trail.inObject() || named) {
            throw new IllegalStateException("no member can begin here");
        }
        if (!trail.isFirst()) {
            put(',');
        }
    }

    private CanonicalWriter endName(int from) {
        int quote = to - 1;
        if (!trail.isFirst()
                && CanonicalNames.compare(out, trail.lastNameFrom(), trail.lastNameTo(), out, from, quote) >= 0) {
            throw new IllegalStateException("member out of canonical order or twice: "
                    + CanonicalStrings.decode(out, from, quote) + " after "
                    + CanonicalStrings.decode(out, trail.lastNameFrom(), trail.lastNameTo()));
        }
        trail.name(from, quote);
        put(':');
        named = true;
        return this;
    }

    /**
     * Writes a string.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate
     */
    public CanonicalWriter string(String value) {
        beginValue();
        quoted(value);
        endValue();
        return this;
    }

    private void quoted(String text) {
        // At most six bytes a char (an escape), and the quotes.
        ensureRoom(Math.addExact(Math.multiplyExact(text.length(), 6), 2));
        out[to++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to = Utf8.writeEscaped(c, out, to);
            } else if (!Character.isSurrogate(c)) {
                to = Utf8.write(c, out, to);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                to = Utf8.write(Character.toCodePoint(c, text.charAt(++i)), out, to);
            } else {
                throw new IllegalArgumentException("a lone surrogate is no character, at " + i);
            }
        }
        out[to++] = '"';
    }

    /**
     * Writes a whole number.
     *
     * @throws IllegalArgumentException if it is beyond ±(2^53−1)
     */
    public CanonicalWriter integer(long value) {
        if (Math.abs(value) > CanonicalJson.MAX_INTEGER || value == Long.MIN_VALUE) {
            throw new IllegalArgumentException("an integer beyond 2^53-1 must be a string: " + value);
        }
        beginValue();
        ensureRoom(17);
        to = Decimal.write(value, out, to);
        endValue();
        return this;
    }

    /**
     * Writes a number in its ECMAScript form.
     *
     * @throws IllegalArgumentException if it is infinite, no number, or a whole number beyond ±(2^53−1) without exponent
     */
    public CanonicalWriter number(double value) {
        double magnitude = Math.abs(value);
        boolean unsafeInteger = magnitude > CanonicalJson.MAX_INTEGER && magnitude < CanonicalJson.FIRST_WITH_EXPONENT;
        if (!Double.isFinite(value) || unsafeInteger) {
            throw new IllegalArgumentException("canonical JSON has no number " + value);
        }
        beginValue();
        ensureRoom(EcmaNumber.MAX_CHARS);
        to = EcmaNumber.write(value, out, to);
        endValue();
        return this;
    }

    /** Writes {@code true} or {@code false}. */
    public CanonicalWriter bool(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** Writes {@code null}. */
    public CanonicalWriter nul() {
        return literal("null");
    }

    private CanonicalWriter literal(String word) {
        beginValue();
        ensureRoom(word.length());
        for (int i = 0; i < word.length(); i++) {
            out[to++] = (byte) word.charAt(i);
        }
        endValue();
        return this;
    }

    /** Splices a value that is canonical already; it is not looked at. */
    public CanonicalWriter rawValue(byte[] canonical, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, canonical.length);
        beginValue();
        splice(canonical, offset, length);
        endValue();
        return this;
    }

    /** As {@link #rawValue(byte[], int, int)}. */
    public CanonicalWriter rawValue(JsonSlice value) {
        return rawValue(value.bytes(), value.offset(), value.length());
    }

    /**
     * Splices a member from canonical bytes: its name, whose order is checked, and its value.
     *
     * @param nameFrom offset of the name's first byte between the quotes
     * @param nameTo offset of its closing quote
     */
    CanonicalWriter rawMember(byte[] canonical, int nameFrom, int nameTo, JsonSlice value) {
        beginName();
        int from = to + 1;
        splice(canonical, nameFrom - 1, nameTo + 1 - (nameFrom - 1));
        endName(from);
        return rawValue(value);
    }

    private void splice(byte[] bytes, int offset, int length) {
        ensureRoom(length);
        System.arraycopy(bytes, offset, out, to, length);
        to += length;
    }

    private void beginValue() {
        if (done || trail.inObject() && !named) {
            throw new IllegalStateException("no value can stand here");
        }
        if (trail.inArray()) {
            if (!trail.isFirst()) {
                put(',');
            }
            trail.element();
        }
        named = false;
    }

    private void endValue() {
        if (trail.depth() == 0) {
            done = true;
        }
    }

    /**
     * A copy of the finished document.
     *
     * @throws IllegalStateException if something is still open
     */
    public byte[] toBytes() {
        return Arrays.copyOf(out, length());
    }

    /** Holds the document from offset 0; replaced when it grows. */
    public byte[] buffer() {
        return out;
    }

    /**
     * Length of the finished document.
     *
     * @throws IllegalStateException if something is still open
     */
    public int length() {
        if (!done) {
            throw new IllegalStateException("the document is not finished");
        }
        return to;
    }
}
