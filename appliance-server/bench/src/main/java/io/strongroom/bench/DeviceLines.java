package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes lines of device batches out of {@link Documents}: each of another resource, with a salt of its own. */
final class DeviceLines {
    /** The stream of all lines. */
    static final String STREAM = "audit.business";

    private static final int PATTERNS = 2_048;
    private static final int SALT_CHARS = 22;
    private static final String SALT = ",\"salt\":\"" + "A".repeat(SALT_CHARS) + "\"}";
    private static final String RESOURCE = "\"id\":\"ord-";
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(ISO_8859_1);

    private final List<byte[]> patterns = new ArrayList<>(PATTERNS);
    private final int[] resourceAt = new int[PATTERNS];
    private final SplittableRandom random;
    private int next;

    /** @param bytes about how many a line has */
    DeviceLines(long seed, String device, int bytes) {
        this.random = new SplittableRandom(seed);
        Documents documents = new Documents(seed, device, bytes, System.currentTimeMillis() - 60_000);
        for (int i = 0; i < PATTERNS; i++) {
            String line = ("{\"tenantId\":\"" + Appliance.TENANT + "\","
                            + new String(documents.next(), ISO_8859_1).substring(1))
                    .replaceFirst(",\"sequence\":\\d+", "")
                    .replaceFirst("\"stream\":\"[^\"]*\"", "\"stream\":\"" + STREAM + "\"");
            resourceAt[i] = line.indexOf(RESOURCE) + RESOURCE.length();
            patterns.add((line.substring(0, line.length() - 1) + SALT).getBytes(ISO_8859_1));
        }
    }

    /** The next lines. */
    List<byte[]> next(int count) {
        List<byte[]> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int pattern = next++ % PATTERNS;
            byte[] line = patterns.get(pattern).clone();
            Documents.number(line, resourceAt[pattern], Documents.FIRST_RESOURCE + random.nextInt(Documents.RESOURCES));
            salt(line);
            lines.add(line);
        }
        return lines;
    }

    private void salt(byte[] line) {
        int at = line.length - 2 - SALT_CHARS;
        for (int i = 0; i < SALT_CHARS - 1; i++) {
            line[at + i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        // 128 bits end in the middle of a character: the last one has two of them.
        line[at + SALT_CHARS - 1] = ALPHABET[random.nextInt(4) << 4];
    }
}
