package io.strongroom.server.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The generations of the key-encryption key, as the folder has them. */
final class KekRing implements WrappingKeys {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyFolder folder;
    private final SecureRandom random;

    KekRing(KeyFolder folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    @Override
    public int generation() {
        return folder.active(KeyUse.KEK).generation();
    }

    @Override
    public Wrapped wrap(byte[] dataKey, byte[] associated) {
        StoredKey kek = folder.active(KeyUse.KEK);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, kek.secretKey(), nonce, associated);
            byte[] sealed = cipher.doFinal(dataKey);
            byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE_BYTES, sealed.length);
            return new Wrapped(kek.generation(), wrapped);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed", e);
        }
    }

    @Override
    public byte[] unwrap(int generation, byte[] wrapped, byte[] associated) {
        StoredKey kek = folder.keys().stream()
                .filter(key -> key.use() == KeyUse.KEK && key.generation() == generation)
                .findFirst()
                .orElseThrow(() -> new KeyUnavailableException(
                        "the key-encryption key of generation " + generation + " is not here"));
        if (wrapped.length <= NONCE_BYTES) {
            throw new KeyUnavailableException("a wrapped key is cut short");
        }
        try {
            byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, kek.secretKey(), nonce, associated)
                    .doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("a wrapped key does not open under its generation", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
