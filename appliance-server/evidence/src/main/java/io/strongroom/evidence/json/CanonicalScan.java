package io.strongroom.evidence.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells whether documents are exactly what {@link CanonicalJson} would make of them, in one pass that writes nothing; and
 * where the members of an object stand.
 *
 * <p>For one thread. What {@link #isCanonical} found is there until the next.
 */
public final class CanonicalScan {
    private static final int WRONG = -1;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** Digits that a double keeps whatever they are. */
    private static final int EXACT_DIGITS = 15;

    // For each member of the outermost object four places: where its name and its value begin and end.
    private static final int PLACES = 4;
    private int[] members = new int[32 * PLACES];
    private int count;

    private final byte[] sought;
    private boolean found;

    private byte[] json = new byte[0];
    private int end;

    /** @param sought a name to look for on the way, of characters that need no escape; empty for none */
    public CanonicalScan(String sought) {
        this.sought = sought.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether {@code length} bytes from {@code offset} are one document in its canonical form. */
    public boolean isCanonical(byte[] bytes, int offset, int length) {
        json = bytes;
        end = offset + length;
        count = 0;
        found = false;
        return value(offset, 0) == end;
    }

    /** Whether a member at any depth has the name that was sought. */
    public boolean found() {
        return found;
    }

    /** How many members the document has, if it is an object. */
    public int members() {
        return count;
    }

    /** Whether the {@code i}-th member has this name, which is of characters that need no escape. */
    public boolean isNamed(int i, byte[] name) {
        int from = members[PLACES * i];
        int to = members[PLACES * i + 1];
        return to - from == name.length && isSame(from, to, name);
    }

    private boolean isSame(int from, int to, byte[] name) {
        return Arrays.equals(json, from, to, name, 0, name.length);
    }

    /** Where the name of the {@code i}-th member begins, behind its quote. */
    public int nameFrom(int i) {
        return members[PLACES * i];
    }

    /** Where the value of the {@code i}-th member begins. */
    public int valueFrom(int i) {
        return members[PLACES * i + 2];
    }

    /** Where it ends. */
    public int valueTo(int i) {
        return members[PLACES * i + 3];
    }

    private boolean is(int at, char wanted) {
        return at < end && json[at] == wanted;
    }

    // Each of these takes the place where something begins and gives the place after it, or WRONG.

    private int value(int at, int depth) {
        if (at >= end) {
            return WRONG;
        }
        return switch (json[at]) {
            case '"' -> string(at);
            case '{' -> depth == CanonicalJson.MAX_DEPTH ? WRONG : object(at + 1, depth);
            case '[' -> depth == CanonicalJson.MAX_DEPTH ? WRONG : array(at + 1, depth);
            case 't' -> literal(at, TRUE);
            case 'f' -> literal(at, FALSE);
            case 'n' -> literal(at, NULL);
            default -> number(at);
        };
    }

    private int string(int at) {
        int quote = CanonicalStrings.closingQuote(json, at + 1, end);
        return quote < 0 ? WRONG : quote + 1;
    }

    private int object(int first, int depth) {
        if (is(first, '}')) {
            return first + 1;
        }
        int at = first;
        int before = first;
        int beforeTo = first;
        while (is(at, '"')) {
            int name = at + 1;
            int nameTo = CanonicalStrings.closingQuote(json, name, end);
            boolean inOrder = nameTo >= 0
                    && (at == first || CanonicalNames.compare(json, before, beforeTo, json, name, nameTo) < 0);
            int after = inOrder && is(nameTo + 1, ':') ? value(nameTo + 2, depth + 1) : WRONG;
            if (after < 0) {
                return WRONG;
            }
            if (depth == 0) {
                remember(name, nameTo, after);
            }
            found |= sought.length > 0 && is(name, (char) sought[0]) && isSame(name, nameTo, sought);
            if (is(after, '}')) {
                return after + 1;
            }
            if (!is(after, ',')) {
                return WRONG;
            }
            at = after + 1;
            before = name;
            beforeTo = nameTo;
        }
        return WRONG;
    }

    private void remember(int name, int nameTo, int valueTo) {
        int i = PLACES * count++;
        if (i == members.length) {
            members = Arrays.copyOf(members, 2 * i);
        }
        members[i] = name;
        members[i + 1] = nameTo;
        members[i + 2] = nameTo + 2;
        members[i + 3] = valueTo;
    }

    private int array(int first, int depth) {
        if (is(first, ']')) {
            return first + 1;
        }
        int at = first;
        while (true) {
            int after = value(at, depth + 1);
            if (after < 0 || is(after, ']')) {
                return after < 0 ? WRONG : after + 1;
            }
            if (!is(after, ',')) {
                return WRONG;
            }
            at = after + 1;
        }
    }

    private int literal(int at, byte[] word) {
        int after = at + word.length;
        return after <= end && Arrays.equals(json, at, after, word, 0, word.length) ? after : WRONG;
    }

    private int number(int at) {
        int first = is(at, '-') ? at + 1 : at;
        int after = digits(first);
        int digits = after - first;
        boolean zero = is(first, '0');
        if (digits == 0 || zero && digits > 1) {
            return WRONG;
        }
        if (is(after, '.') || is(after, 'e')) {
            return decimal(at, after, digits, zero);
        }
        if (zero) {
            // There is no negative zero.
            return first == at ? after : WRONG;
        }
        return digits <= EXACT_DIGITS || digits == 16 && magnitude(first) <= CanonicalJson.MAX_INTEGER ? after : WRONG;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }

    private long magnitude(int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            value = value * 10 + (json[i] - '0');
        }
        return value;
    }

    private int decimal(int first, int point, int digits, boolean zero) {
        int fraction = point + 1;
        int after = digits(fraction);
        boolean plain = is(point, '.') && after > fraction && !is(after, 'e') && json[after - 1] != '0';
        // So many digits read back as they are; what is smaller than 0.000001 has an exponent.
        boolean tiny = zero && leadingZeros(fraction) > 5;
        if (plain && digits + after - fraction <= EXACT_DIGITS && !tiny) {
            return after;
        }
        return asRendered(first, after);
    }

    private int leadingZeros(int from) {
        int at = from;
        while (is(at, '0')) {
            at++;
        }
        return at - from;
    }

    /** The canonical form of a number is what {@link EcmaNumber} makes of its value, whatever else it may look like. */
    private int asRendered(int first, int from) {
        int after = from;
        while (after < end && "0123456789+-.e".indexOf(json[after]) >= 0) {
            after++;
        }
        String text = new String(json, first, after - first, StandardCharsets.US_ASCII);
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) && EcmaNumber.format(value).equals(text) ? after : WRONG;
        } catch (NumberFormatException e) {
            return WRONG;
        }
    }
}
