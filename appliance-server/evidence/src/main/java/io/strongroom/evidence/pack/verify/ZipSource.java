package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a zip, read at any place. For any number of threads. */
interface ZipSource {

    /** As {@link FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer into, long position) throws IOException;

    /** How many bytes there are. */
    long size() throws IOException;

    static ZipSource of(FileChannel file) {
        return new ZipSource() {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return file.read(into, position);
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }
        };
    }

    /** Reads exactly {@code into}'s rest from {@code position}. */
    default void readFully(ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int got = read(into, at);
            if (got < 0) {
                throw new RefusedException(null, "a whole zip", "its end too early, at byte " + at);
            }
            at += got;
        }
    }
}
