package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of a record's disclosures (formats §4): AES-256-GCM under
 * {@code HKDF-SHA-256(data key, recordId)}, with {@code tenantId ‖ recordId ‖ recordDigest} as associated data.
 *
 * <p>The plaintext begins with the class, so that a ciphertext under another class's label does not open.
 */
final class DisclosureCipher {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int RECORD_KEY_BYTES = 32;

    private final TenantId tenant;
    private final RandomGenerator random;

    /** @param random cryptographically strong; gives the nonces */
    DisclosureCipher(TenantId tenant, RandomGenerator random) {
        this.tenant = tenant;
        this.random = random;
    }

    /** 12 bytes of nonce, ciphertext, tag. */
    byte[] seal(DataKey key, RecordId id, Digest recordDigest, String classification, List<String> encoded) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = (classification + '\n' + String.join("\n", encoded)).getBytes(StandardCharsets.US_ASCII);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, id, recordDigest, nonce);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt a disclosure", e);
        }
    }

    /**
     * The encoded disclosures.
     *
     * @throws DisclosureDamagedException if anything that the ciphertext is bound to is not what it was
     */
    List<String> open(DataKey key, RecordId id, Digest recordDigest, SealedDisclosures sealed) {
        byte[] bytes = sealed.ciphertext();
        if (bytes.length <= NONCE_BYTES + TAG_BITS / 8) {
            throw damaged(id, null);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, id, recordDigest, Arrays.copyOf(bytes, NONCE_BYTES));
            byte[] plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            List<String> lines = List.of(new String(plain, StandardCharsets.US_ASCII).split("\n", -1));
            if (!lines.getFirst().equals(sealed.classification())) {
                throw damaged(id, null);
            }
            return lines.subList(1, lines.size());
        } catch (AEADBadTagException e) {
            throw damaged(id, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot decrypt a disclosure", e);
        }
    }

    private static DisclosureDamagedException damaged(RecordId id, @Nullable Throwable cause) {
        String message = "the disclosures of record " + id + " are not what was stored; compare them with a backup";
        return cause == null ? new DisclosureDamagedException(message) : new DisclosureDamagedException(message, cause);
    }

    private Cipher cipher(int mode, DataKey key, RecordId id, Digest recordDigest, byte[] nonce)
            throws GeneralSecurityException {
        byte[] recordId = id.toString().getBytes(StandardCharsets.US_ASCII);
        SecretKey recordKey = KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES", HKDFParameterSpec.expandOnly(key.extracted(), recordId, RECORD_KEY_BYTES));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, recordKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(tenant.key().getBytes(StandardCharsets.US_ASCII));
        cipher.updateAAD(recordId);
        cipher.updateAAD(recordDigest.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
