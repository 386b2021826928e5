package io.strongroom.evidence.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names that a reader expects, so that they need not be made anew for each document that has them. Immutable, for any number
 * of threads.
 */
public final class JsonNames {
    private final byte[][] names;
    private final String[] texts;
    private final int mask;

    private JsonNames(List<String> expected) {
        // At most half full, so that looking for what is not there ends soon.
        int slots = 2 * Integer.highestOneBit(2 * expected.size());
        this.names = new byte[slots][];
        this.texts = new String[slots];
        this.mask = slots - 1;
        for (String text : expected) {
            byte[] name = text.getBytes(US_ASCII);
            int slot = hash(name, 0, name.length) & mask;
            while (names[slot] != null) {
                slot = slot + 1 & mask;
            }
            names[slot] = name;
            texts[slot] = text;
        }
    }

    /** @param names not empty, of ASCII that needs no escape in JSON; each once */
    public static JsonNames of(String... names) {
        return new JsonNames(List.of(names));
    }

    private static int hash(byte[] bytes, int from, int to) {
        return from == to ? 0 : (to - from) * 31 + bytes[from] * 7 + bytes[to - 1];
    }

    /** The name that stands there; null if it is none of these. */
    @Nullable
    String find(byte[] bytes, int from, int to) {
        for (int slot = hash(bytes, from, to) & mask; names[slot] != null; slot = slot + 1 & mask) {
            if (Arrays.equals(names[slot], 0, names[slot].length, bytes, from, to)) {
                return texts[slot];
            }
        }
        return null;
    }
}
