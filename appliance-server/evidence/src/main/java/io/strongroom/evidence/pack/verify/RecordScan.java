package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.json.ByteScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds two top-level members in the canonical bytes of a stored record, without building anything. */
final class RecordScan {
    private static final byte[] RECORD_ID = "recordId".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGESTS = "_sd".getBytes(StandardCharsets.US_ASCII);

    private int idStart;
    private int idLength;
    private boolean committed;

    /** Scans an object; the bytes must be canonical JSON. Members stand in order, so nothing behind the id is read. */
    void scan(byte[] json, int offset, int length) {
        idStart = -1;
        idLength = 0;
        committed = false;
        int end = offset + length;
        int at = offset + 1;
        while (at < end && json[at] == '"') {
            int nameEnd = ByteScan.stringEnd(json, at, end);
            int value = nameEnd + 1;
            int valueEnd = value(json, value, end);
            if (is(json, at, nameEnd, DIGESTS)) {
                committed = true;
            } else if (is(json, at, nameEnd, RECORD_ID)) {
                if (json[value] == '"') {
                    idStart = value + 1;
                    idLength = valueEnd - value - 2;
                }
                return;
            }
            at = valueEnd + 1;
        }
    }

    private static boolean is(byte[] json, int quote, int end, byte[] name) {
        return Arrays.equals(json, quote + 1, end - 1, name, 0, name.length);
    }

    private static int value(byte[] json, int start, int end) {
        int depth = 0;
        int at = start;
        while (at < end) {
            byte b = json[at];
            if (b == '"') {
                at = ByteScan.stringEnd(json, at, end);
                if (depth == 0) {
                    return at;
                }
                continue;
            }
            if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                if (depth == 0) {
                    return at;
                }
                if (--depth == 0) {
                    return at + 1;
                }
            } else if (b == ',' && depth == 0) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Where the id's text stands, or −1. */
    int idStart() {
        return idStart;
    }

    int idLength() {
        return idLength;
    }

    /** Whether the record commits to fields that do not stand in it. */
    boolean committed() {
        return committed;
    }
}
