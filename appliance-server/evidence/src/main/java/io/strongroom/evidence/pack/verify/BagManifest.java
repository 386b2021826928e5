package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** BagIt's lists of digests (RFC 8493 section 2.1.3), in the one form that {@code sha256sum} writes. */
final class BagManifest {
    private BagManifest() {}

    static Map<String, Digest> parse(String file, byte[] bytes) throws RefusedException {
        Map<String, Digest> digests = new LinkedHashMap<>();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new RefusedException(file, "a newline behind the last line", "none");
        }
        int number = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end);
            at = end + 1;
            number++;
            try {
                if (line.length() < 67 || !line.startsWith("  ", 64)) {
                    throw new IllegalArgumentException("another line");
                }
                Digest digest = Digest.parse("sha256:" + line.substring(0, 64));
                if (digests.put(line.substring(66), digest) != null) {
                    throw new IllegalArgumentException("a file that stands there twice");
                }
            } catch (IllegalArgumentException e) {
                throw new RefusedException(
                        file, "64 hex digits, two spaces and a path in line " + number, String.valueOf(e.getMessage()));
            }
        }
        return digests;
    }
}
