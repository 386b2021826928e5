package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.io.InputStream;

/** Reads files that are kept in memory, within limits. */
final class SmallFiles {
    private SmallFiles() {}

    /**
     * The whole file.
     *
     * @throws RefusedException if it is not there, damaged or longer than {@code most} bytes
     */
    static byte[] read(Bag bag, String path, int most) throws IOException {
        if (!bag.files().containsKey(path)) {
            throw new RefusedException(path, "the file", "no such file");
        }
        try (InputStream in = bag.open(path)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new RefusedException(path, "at most " + most + " bytes", "more");
            }
            if (in.read() >= 0) {
                throw new RefusedException(path, bytes.length + " bytes", "more");
            }
            return bytes;
        }
    }
}
