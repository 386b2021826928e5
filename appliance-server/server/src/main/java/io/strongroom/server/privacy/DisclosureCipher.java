package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Disclosure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of a record's disclosures (formats §4): AES-256-GCM under
 * {@code HKDF-SHA-256(data key, recordId)}, with {@code tenantId ‖ recordId ‖ recordDigest} as associated data.
 *
 * <p>The plaintext begins with the class, so that a ciphertext under another class's label does not open. For any number
 * of threads.
 */
final class DisclosureCipher {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** The only block of HKDF-Expand: the digest's 32 bytes are the key's (RFC 5869 §2.3). */
    private static final byte FIRST_BLOCK = 1;

    private final ThreadLocal<Tools> tools = ThreadLocal.withInitial(Tools::make);
    private final byte[] tenant;
    private final RandomGenerator random;

    /** What a thread looks up once, and sets anew for each record. */
    private record Tools(Mac mac, Cipher cipher) {
        static Tools make() {
            try {
                return new Tools(Mac.getInstance("HmacSHA256"), Cipher.getInstance("AES/GCM/NoPadding"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no AES-GCM or HMAC-SHA-256", e);
            }
        }
    }

    /** @param random cryptographically strong; gives the nonces */
    DisclosureCipher(TenantId tenant, RandomGenerator random) {
        this.tenant = tenant.key().getBytes(StandardCharsets.US_ASCII);
        this.random = random;
    }

    /** 12 bytes of nonce, ciphertext, tag. */
    byte[] seal(DataKey key, RecordId id, Digest recordDigest, String classification, List<Disclosure> disclosures) {
        return seal(key, id, recordDigest, SealedText.of(classification, disclosures));
    }

    /** @param plain a {@link SealedText} */
    byte[] seal(DataKey key, RecordId id, Digest recordDigest, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
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
     * The disclosures.
     *
     * @throws DisclosureDamagedException if anything that the ciphertext is bound to is not what it was
     */
    List<Disclosure> open(DataKey key, RecordId id, Digest recordDigest, SealedDisclosures sealed) {
        return SealedText.read(sealed.classification(), plain(key, id, recordDigest, sealed))
                .orElseThrow(() -> damaged(id, null));
    }

    /**
     * The packed line.
     *
     * @throws DisclosureDamagedException if anything that the ciphertext is bound to is not what it was
     */
    byte[] openLine(DataKey key, RecordId id, Digest recordDigest, SealedDisclosures sealed) {
        return SealedText.line(plain(key, id, recordDigest, sealed)).orElseThrow(() -> damaged(id, null));
    }

    private byte[] plain(DataKey key, RecordId id, Digest recordDigest, SealedDisclosures sealed) {
        byte[] bytes = sealed.ciphertext();
        if (bytes.length <= NONCE_BYTES + TAG_BITS / 8) {
            throw damaged(id, null);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, id, recordDigest, Arrays.copyOf(bytes, NONCE_BYTES));
            return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
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
        byte[] recordId = new byte[RecordId.CHARS];
        id.writeAscii(recordId, 0);
        Tools mine = tools.get();
        mine.mac.init(key.extracted());
        mine.mac.update(recordId);
        mine.mac.update(FIRST_BLOCK);
        SecretKey recordKey = new SecretKeySpec(mine.mac.doFinal(), "AES");
        Cipher cipher = mine.cipher;
        cipher.init(mode, recordKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(tenant);
        cipher.updateAAD(recordId);
        cipher.updateAAD(recordDigest.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
