package io.strongroom.server.gateway;

import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A document in quarantine as it is kept: AES-256-GCM under a key of its own, which is bound to the document's id. The
 * key is used this once, so the nonce is always the same.
 *
 * @param key wrapped
 * @param sealed the ciphertext and {@link #TAG_BYTES} of tag
 */
record SealedDocument(Wrapped key, byte[] sealed) {
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final byte[] NONCE = new byte[12];

    /** @param random cryptographically strong */
    static SealedDocument of(String id, byte[] document, WrappingKeys wrapping, RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, id).doFinal(document);
            return new SealedDocument(wrapping.wrap(key, associated(id)), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt a document", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The document as it came.
     *
     * @throws KeyUnavailableException if its key cannot be unwrapped, or opens something else
     */
    byte[] open(String id, WrappingKeys wrapping) {
        byte[] opened = wrapping.unwrap(key.generation(), key.key(), associated(id));
        try {
            return cipher(Cipher.DECRYPT_MODE, opened, id).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the document " + id + " in quarantine does not open under its key", e);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] key, String id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(Byte.SIZE * TAG_BYTES, NONCE));
        cipher.updateAAD(associated(id));
        return cipher;
    }

    /** What the key of a document belongs to. */
    static byte[] associated(String id) {
        return ("quarantine:" + id).getBytes(StandardCharsets.UTF_8);
    }
}
