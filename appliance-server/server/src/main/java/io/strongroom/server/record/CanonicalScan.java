package io.strongroom.server.record;

import io.strongroom.evidence.json.ByteScan;

/**
 * Steps over canonical JSON without a tree. It trusts its input: bytes that {@code CanonicalJson} made, nothing else.
 *
 * <p>Canonical bytes hold no white space, no duplicate and no unsorted member, so that the position after a value is
 * the position of its delimiter.
 */
public final class CanonicalScan {
    private CanonicalScan() {}

    /** The position after the string whose opening quote is at {@code at}. */
    public static int skipString(byte[] json, int at) {
        return ByteScan.stringEnd(json, at, json.length);
    }

    /** The position after the value that begins at {@code at}. */
    public static int skipValue(byte[] json, int at) {
        return switch (json[at]) {
            case '"' -> skipString(json, at);
            case '{', '[' -> skipNested(json, at);
            case 't', 'n' -> at + 4;
            case 'f' -> at + 5;
            default -> skipNumber(json, at);
        };
    }

    private static int skipNested(byte[] json, int at) {
        int depth = 0;
        int i = at;
        do {
            switch (json[i]) {
                case '"' -> i = skipString(json, i);
                case '{', '[' -> {
                    depth++;
                    i++;
                }
                case '}', ']' -> {
                    depth--;
                    i++;
                }
                default -> i++;
            }
        } while (depth > 0);
        return i;
    }

    private static int skipNumber(byte[] json, int at) {
        int i = at;
        while (i < json.length && json[i] != ',' && json[i] != '}' && json[i] != ']') {
            i++;
        }
        return i;
    }
}
