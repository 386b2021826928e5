package io.strongroom.server.spool;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Gives the plain bytes of what {@link Spool.Writing} sealed. A byte is given only once its whole chunk was checked. */
final class UnsealingStream extends InputStream {
    private final InputStream sealed;
    private final ChunkCipher cipher;
    private final long size;
    private final byte[] plain = new byte[ChunkCipher.CHUNK];
    private final byte[] chunk = new byte[ChunkCipher.CHUNK + ChunkCipher.TAG];
    private long at;
    private long next;
    private int length;

    /**
     * @param sealed stands where the chunk with the byte {@code offset} begins; closed with this
     * @param size of the whole, in plain bytes
     */
    UnsealingStream(InputStream sealed, ChunkCipher cipher, long size, long offset) {
        this.sealed = sealed;
        this.cipher = cipher;
        this.size = size;
        this.at = offset;
        this.next = offset / ChunkCipher.CHUNK;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (at >= size) {
            return -1;
        }
        if (at / ChunkCipher.CHUNK == next) {
            load();
        }
        int within = (int) (at % ChunkCipher.CHUNK);
        int given = Math.min(count, length - within);
        System.arraycopy(plain, within, buffer, offset, given);
        at += given;
        return given;
    }

    private void load() throws IOException {
        int expected = (int) Math.min(ChunkCipher.CHUNK, size - next * ChunkCipher.CHUNK) + ChunkCipher.TAG;
        if (sealed.readNBytes(chunk, 0, expected) < expected) {
            throw new IOException("what was kept encrypted is cut off");
        }
        try {
            length = cipher.open(next, chunk, expected, plain);
            next++;
        } catch (GeneralSecurityException e) {
            throw new IOException("what was kept encrypted was changed on disk", e);
        }
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(plain, (byte) 0);
        sealed.close();
    }
}
