package io.strongroom.evidence.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Pulls values one by one out of a canonical document.
 *
 * <p>{@link #of(byte[])} takes any JSON and makes it canonical first, so that everything which {@link CanonicalJson}
 * refuses is refused at once. {@link #ofCanonical} reads canonical bytes where they stand: it has no white space to
 * skip and refuses names that are not in strictly rising order, so no name can come twice. Whatever bytes it is given,
 * it reads what is there or throws {@link JsonException}; but that the whole is canonical, only
 * {@link CanonicalJson#isCanonical} says.
 *
 * <p>For one thread.
 */
public final class JsonReader {
    private static final byte[] SIX_ZEROS = "000000".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final Trail trail = new Trail();

    private int pos;
    // Set between a member's name and its value.
    private boolean named;
    private boolean done;

    private JsonReader(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.start = offset;
        this.pos = offset;
        this.end = offset + length;
    }

    /**
     * A reader of any JSON document; positions in later exceptions count in its canonical form.
     *
     * @throws JsonException if it is refused
     */
    public static JsonReader of(byte[] document) {
        byte[] canonical = CanonicalJson.of(document);
        return new JsonReader(canonical, 0, canonical.length);
    }

    /** A reader of a canonical document. */
    public static JsonReader ofCanonical(byte[] canonical) {
        return new JsonReader(canonical, 0, canonical.length);
    }

    /** A reader of the canonical document in {@code length} bytes from {@code offset}; positions count from there. */
    public static JsonReader ofCanonical(byte[] canonical, int offset, int length) {
        return new JsonReader(canonical, offset, length);
    }

    /** What comes next; the document is not moved through. */
    public JsonToken peek() {
        if (done) {
            return JsonToken.END;
        }
        int at = pos;
        if (!named && trail.depth() > 0 && !trail.isFirst() && byteAt(at) == ',') {
            at++;
        }
        return switch (byteAt(at)) {
            case '{' -> JsonToken.BEGIN_OBJECT;
            case '[' -> JsonToken.BEGIN_ARRAY;
            case '}' -> JsonToken.END_OBJECT;
            case ']' -> JsonToken.END_ARRAY;
            case '"' -> trail.inObject() && !named ? JsonToken.NAME : JsonToken.STRING;
            case 't', 'f' -> JsonToken.BOOLEAN;
            case 'n' -> JsonToken.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
            default -> throw refused("a value was expected", at);
        };
    }

    private int byteAt(int at) {
        return at < end ? bytes[at] & 0xff : -1;
    }

    /** Enters an object. */
    public void beginObject() {
        open('{', "an object");
        trail.enterObject();
    }

    /** Enters an array. */
    public void beginArray() {
        open('[', "an array");
        trail.enterArray();
    }

    private void open(char bracket, String what) {
        beginValue();
        if (byteAt(pos) != bracket) {
            throw refused(what + " was expected", pos);
        }
        if (trail.depth() == Trail.MAX_DEPTH) {
            throw refused("nested deeper than " + Trail.MAX_DEPTH, pos);
        }
        pos++;
    }

    /** Leaves an object that has no more members. */
    public void endObject() {
        if (!trail.inObject() || named) {
            throw new IllegalStateException("no object ends here");
        }
        close('}', "the end of the object");
    }

    /** Leaves an array that has no more elements. */
    public void endArray() {
        if (!trail.inArray()) {
            throw new IllegalStateException("no array ends here");
        }
        close(']', "the end of the array");
    }

    private void close(char bracket, String what) {
        if (byteAt(pos) != bracket) {
            throw refused(what + " was expected", pos);
        }
        pos++;
        trail.leave();
        endValue();
    }

    /** Whether the object or array that was entered last has another member or element. */
    public boolean hasNext() {
        int c = byteAt(pos);
        return c != '}' && c != ']';
    }

    /** Reads the next member's name. */
    public String name() {
        skipName();
        return CanonicalStrings.decode(bytes, trail.lastNameFrom(), trail.lastNameTo());
    }

    /** Reads the next member's name, which is mostly one of those. */
    public String name(JsonNames expected) {
        skipName();
        String known = expected.find(bytes, trail.lastNameFrom(), trail.lastNameTo());
        return known != null ? known : CanonicalStrings.decode(bytes, trail.lastNameFrom(), trail.lastNameTo());
    }

    /** Steps over the next member's name and gives it as it stands, with its quotes: a canonical string. */
    public JsonSlice nameSlice() {
        skipName();
        int from = trail.lastNameFrom() - 1;
        return new JsonSlice(bytes, from, trail.lastNameTo() + 1 - from);
    }

    /** Steps over the next member's name and stores the offsets of its first byte and of its closing quote. */
    void nameSpan(int[] spans, int at) {
        skipName();
        spans[at] = trail.lastNameFrom();
        spans[at + 1] = trail.lastNameTo();
    }

    /** Steps over the next member's name. */
    public void skipName() {
        if (!trail.inObject() || named) {
            throw new IllegalStateException("no member name stands here");
        }
        boolean first = trail.isFirst();
        if (!first) {
            comma();
        }
        int lastFrom = trail.lastNameFrom();
        int lastTo = trail.lastNameTo();
        int from = pos + 1;
        int quote = stringEnd("a member name");
        if (!first && CanonicalNames.compare(bytes, lastFrom, lastTo, bytes, from, quote) >= 0) {
            throw refused("the member names are not in canonical order", pos);
        }
        trail.name(from, quote);
        pos = quote + 1;
        if (byteAt(pos) != ':') {
            throw refused("a colon was expected after the member name", pos);
        }
        pos++;
        named = true;
    }

    private void comma() {
        if (byteAt(pos) != ',') {
            throw refused("a comma was expected", pos);
        }
        pos++;
    }

    /** Reads a string. */
    public String string() {
        beginValue();
        int from = pos + 1;
        int quote = stringEnd("a string");
        pos = quote + 1;
        endValue();
        return CanonicalStrings.decode(bytes, from, quote);
    }

    private int stringEnd(String what) {
        if (byteAt(pos) != '"') {
            throw refused(what + " was expected", pos);
        }
        int quote = CanonicalStrings.closingQuote(bytes, pos + 1, end);
        if (quote < 0) {
            throw refused("not a canonical string", ~quote);
        }
        return quote;
    }

    /** Reads a whole number within ±(2^53−1). */
    public long integer() {
        beginValue();
        int p = pos;
        boolean negative = byteAt(p) == '-';
        if (negative) {
            p++;
        }
        int from = p;
        long value = 0;
        while (p < end && bytes[p] >= '0' && bytes[p] <= '9' && p - from < 17) {
            value = value * 10 + (bytes[p++] - '0');
        }
        int c = byteAt(p);
        boolean padded = from < end && bytes[from] == '0' && (p - from > 1 || negative);
        if (p == from || padded || c == '.' || c == 'e' || value > CanonicalJson.MAX_INTEGER) {
            throw refused("a whole number within 2^53-1 was expected", pos);
        }
        pos = p;
        endValue();
        return negative ? -value : value;
    }

    /** Reads a number. */
    public double number() {
        beginValue();
        int p = numberEnd();
        double value = number(p);
        pos = p;
        endValue();
        return value;
    }

    private int numberEnd() {
        int p = pos;
        while (p < end && "+-.0123456789e".indexOf(bytes[p]) >= 0) {
            p++;
        }
        if (p == pos || p - pos > EcmaNumber.MAX_CHARS) {
            throw refused("a canonical number was expected", pos);
        }
        return p;
    }

    private double number(int numberEnd) {
        String text = new String(bytes, pos, numberEnd - pos, StandardCharsets.US_ASCII);
        try {
            double value = Double.parseDouble(text);
            if (!Double.isInfinite(value) && EcmaNumber.format(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw refused("a canonical number was expected", pos);
        }
        throw refused("a canonical number was expected", pos);
    }

    /** Reads {@code true} or {@code false}. */
    public boolean bool() {
        beginValue();
        boolean value = byteAt(pos) == 't';
        literal(value ? "true" : "false");
        endValue();
        return value;
    }

    /** Reads {@code null}. */
    public void nul() {
        beginValue();
        literal("null");
        endValue();
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(pos + i) != word.charAt(i)) {
                throw refused("a value of another kind was expected", pos);
            }
        }
        pos += word.length();
    }

    /** Steps over the next value, whatever it is. */
    public void skip() {
        switch (peek()) {
            case BEGIN_OBJECT -> {
                beginObject();
                while (hasNext()) {
                    skipName();
                    skip();
                }
                endObject();
            }
            case BEGIN_ARRAY -> {
                beginArray();
                while (hasNext()) {
                    skip();
                }
                endArray();
            }
            case STRING -> {
                beginValue();
                pos = stringEnd("a string") + 1;
                endValue();
            }
            case NUMBER -> {
                beginValue();
                skipNumber();
                endValue();
            }
            case BOOLEAN -> bool();
            case NULL -> nul();
            case NAME, END_OBJECT, END_ARRAY, END -> throw refused("a value was expected", pos);
        }
    }

    private void skipNumber() {
        int p = numberEnd();
        if (!isPlain(p)) {
            number(p);
        }
        pos = p;
    }

    /**
     * Whether the number is canonical without a second look, as most are: a decimal of at most 15 digits reads back as itself, so
     * it is its own shortest form.
     */
    private boolean isPlain(int numberEnd) {
        int first = bytes[pos] == '-' ? pos + 1 : pos;
        int digitsEnd = digitsEnd(first, numberEnd);
        int whole = digitsEnd - first;
        if (whole == 0 || whole > 1 && bytes[first] == '0') {
            return false;
        }
        if (digitsEnd == numberEnd) {
            return whole <= 15 && (first == pos || bytes[first] != '0');
        }
        int fraction = digitsEnd + 1;
        if (bytes[digitsEnd] != '.' || digitsEnd(fraction, numberEnd) != numberEnd || fraction == numberEnd) {
            return false;
        }
        // From 1e-7 down there is an exponent.
        boolean small = bytes[first] == '0'
                && numberEnd - fraction > 6
                && Arrays.mismatch(bytes, fraction, fraction + 6, SIX_ZEROS, 0, 6) < 0;
        return whole + numberEnd - fraction <= 15 && bytes[numberEnd - 1] != '0' && !small;
    }

    private int digitsEnd(int from, int to) {
        int p = from;
        while (p < to && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p;
    }

    /** Steps over the next value and gives its bytes, which are canonical in themselves. */
    public JsonSlice slice() {
        boolean separated = !named && trail.depth() > 0 && !trail.isFirst();
        int from = separated ? pos + 1 : pos;
        skip();
        return new JsonSlice(bytes, from, pos - from);
    }

    private void beginValue() {
        if (done || trail.inObject() && !named) {
            throw new IllegalStateException("no value stands here");
        }
        if (trail.inArray()) {
            if (!trail.isFirst()) {
                comma();
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
     * Makes sure that nothing follows.
     *
     * @throws JsonException if something does
     */
    public void end() {
        if (!done) {
            throw new IllegalStateException("the document was not read to its end");
        }
        if (pos != end) {
            throw refused("something follows the document", pos);
        }
    }

    /** Byte offset of what comes next, from the start of the document. */
    public int position() {
        return pos - start;
    }

    /** RFC 6901 pointer of the value being read. */
    public String pointer() {
        return trail.pointer(bytes);
    }

    /** An exception that names the place reached, for a value that is well-formed but not what was asked for. */
    public JsonException refused(String reason) {
        return refused(reason, pos);
    }

    private JsonException refused(String reason, int at) {
        return new JsonException(reason, at - start, trail.pointer(bytes));
    }
}
