package io.strongroom.server.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM in chunks, each of which can be opened by itself. The nonce is the chunk's number, which is never used
 * twice because every file has a key of its own; the file's name is associated data. That no chunk is missing at the end
 * is for the reader to know, who was told the length.
 *
 * <p>For one thread.
 */
final class ChunkCipher {
    /** Plain bytes in a chunk; the last may have fewer. */
    static final int CHUNK = 64 * 1024;

    static final int TAG = 16;
    static final int KEY_BYTES = 32;

    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final byte[] associated;
    private final Cipher cipher;

    ChunkCipher(byte[] key, String name) {
        this.key = new SecretKeySpec(key, "AES");
        this.associated = name.getBytes(StandardCharsets.UTF_8);
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-GCM", e);
        }
    }

    /** Seals a chunk into {@code target}, which needs {@code length + TAG} bytes; gives how many it wrote. */
    int seal(long number, byte[] plain, int offset, int length, byte[] target) {
        try {
            prepare(Cipher.ENCRYPT_MODE, number);
            return cipher.doFinal(plain, offset, length, target, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a chunk cannot be sealed", e);
        }
    }

    /**
     * Opens a chunk into {@code target}; gives how many plain bytes it held.
     *
     * @throws GeneralSecurityException if it is not the chunk of that number of this file
     */
    int open(long number, byte[] sealed, int length, byte[] target) throws GeneralSecurityException {
        prepare(Cipher.DECRYPT_MODE, number);
        return cipher.doFinal(sealed, 0, length, target, 0);
    }

    private void prepare(int mode, long number) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(associated);
    }

    /** Where a chunk begins in the file. */
    static long offset(long number) {
        return number * (CHUNK + TAG);
    }
}
