package io.strongroom.server.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Position;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals cursors and opens them (design §7): AES-256-GCM over what the cursor carries, bound to the reader, the filters and
 * the policy in force. So a cursor serves one reader for one question; and the place and time that it carries, which may be
 * those of a record that this reader does not see, are nobody's to read.
 */
final class Cursors {
    /** How long a page can be followed by the next. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final byte VERSION = 2;
    private static final int CARRIED = 1 + 4 * Long.BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    /** @param secret of the installation; the key of cursors is derived from it */
    Cursors(SecretKey secret, InstantSource clock) {
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand("strongroom cursors v2".getBytes(UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HKDF-SHA256", e);
        }
        this.clock = clock;
    }

    /** What a cursor is bound to. */
    record Binding(String reader, String filters, String policy) {}

    String sign(Position position, long upperSeq, Binding binding) {
        byte[] carried = ByteBuffer.allocate(CARRIED)
                .put(VERSION)
                .putLong(position.occurredAt())
                .putLong(position.seq())
                .putLong(upperSeq)
                .putLong(clock.millis() + LIFE.toMillis())
                .array();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, carried, 0, CARRIED, binding)
                .orElseThrow(() -> new IllegalStateException("AES-GCM refuses to encrypt"));
        byte[] text = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /**
     * @throws ProblemException {@code invalid-cursor}, which does not tell why a signature does not fit
     */
    Cursor check(String text, Binding binding) {
        byte[] bytes = decode(text);
        byte[] carried = crypt(
                        Cipher.DECRYPT_MODE,
                        Arrays.copyOf(bytes, NONCE_BYTES),
                        bytes,
                        NONCE_BYTES,
                        CARRIED + TAG_BYTES,
                        binding)
                .orElseThrow(
                        () -> invalid("The cursor is not from this question, this reader and the policy in force."));
        ByteBuffer fields = ByteBuffer.wrap(carried);
        byte version = fields.get();
        Cursor cursor =
                new Cursor(new Position(fields.getLong(), fields.getLong()), fields.getLong(), fields.getLong());
        if (version != VERSION || cursor.expiresAt() <= clock.millis()) {
            throw invalid("The cursor has expired.");
        }
        return cursor;
    }

    private static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // One text for one cursor: a decoder lets stray bits and padding pass.
            if (bytes.length == NONCE_BYTES + CARRIED + TAG_BYTES
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("The cursor is not one of ours.");
        }
        throw invalid("The cursor is not one of ours.");
    }

    /** @return empty where what is to be decrypted is not what was encrypted, under this key and binding */
    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] bytes, int from, int length, Binding binding) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            for (String part : new String[] {binding.reader(), binding.filters(), binding.policy()}) {
                byte[] text = part.getBytes(UTF_8);
                cipher.updateAAD(
                        ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
                cipher.updateAAD(text);
            }
            return Optional.of(cipher.doFinal(bytes, from, length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-GCM", e);
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_CURSOR, detail);
    }
}
