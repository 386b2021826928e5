package io.strongroom.server.packs;

import io.strongroom.server.spool.Spool;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a pack's maker has before it is the pack's turn to hold it: kept in the spool, encrypted like the pack under a key
 * that only this object knows, and gone when this is closed.
 *
 * <p>For one thread. First it is written, then {@link #end}ed, then read.
 */
final class Aside implements AutoCloseable {
    private final Spool spool;
    private final String name;
    private final byte[] key = new byte[Spool.KEY_BYTES];
    private Spool.@Nullable Writing writing;
    private long size;

    /** @param name of the file; a suffix makes it new */
    Aside(Spool spool, String name, RandomGenerator random) throws IOException {
        this.spool = spool;
        this.name = name + "-" + Long.toHexString(random.nextLong());
        random.nextBytes(key);
        this.writing = spool.write(this.name, key);
    }

    /** Takes the bytes, until the {@link #end}. */
    OutputStream out() {
        Spool.Writing open = writing;
        if (open == null) {
            throw new IllegalStateException("this is written already");
        }
        return open;
    }

    /** After the last byte. */
    void end() throws IOException {
        try (Spool.Writing open = writing) {
            if (open != null) {
                size = open.finish();
            }
        }
        writing = null;
    }

    /** Bytes, after the end. */
    long size() {
        return size;
    }

    /** All bytes, after the end. */
    InputStream in() throws IOException {
        return spool.read(name, key, size, 0)
                .orElseThrow(() -> new FileNotFoundException("what was put aside for the pack is gone from the spool"));
    }

    @Override
    public void close() throws IOException {
        try (Spool.Writing open = writing) {
            spool.delete(name);
        }
    }
}
