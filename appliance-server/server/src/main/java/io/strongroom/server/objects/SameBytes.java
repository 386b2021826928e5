package io.strongroom.server.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares streams without holding either. */
final class SameBytes {
    private static final int BUFFER = 64 * 1024;

    private SameBytes() {}

    /** Whether both give the same bytes to their ends. Reads both; closes neither. */
    static boolean in(InputStream a, InputStream b) throws IOException {
        byte[] left = new byte[BUFFER];
        byte[] right = new byte[BUFFER];
        while (true) {
            int fromLeft = a.readNBytes(left, 0, BUFFER);
            int fromRight = b.readNBytes(right, 0, BUFFER);
            if (fromLeft != fromRight || !Arrays.equals(left, 0, fromLeft, right, 0, fromRight)) {
                return false;
            }
            if (fromLeft < BUFFER) {
                return true;
            }
        }
    }
}
