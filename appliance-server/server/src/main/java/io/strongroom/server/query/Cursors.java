package io.strongroom.server.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Position;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Signs cursors and checks them (design §7): HMAC-SHA-256 over what the cursor carries, the reader, the filters and the
 * policy in force. So a cursor serves one reader for one question, and holds nothing about the records but a place and a
 * time.
 */
final class Cursors {
    /** How long a page can be followed by the next. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final byte VERSION = 1;
    private static final int CARRIED = 1 + 4 * Long.BYTES;
    private static final int MAC_BYTES = 32;

    private final SecretKey key;
    private final InstantSource clock;

    Cursors(SecretKey key, InstantSource clock) {
        this.key = key;
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
        ByteBuffer signed =
                ByteBuffer.allocate(CARRIED + MAC_BYTES).put(carried).put(mac(carried, binding));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed.array());
    }

    /**
     * @throws ProblemException {@code invalid-cursor}, which does not tell why a signature does not fit
     */
    Cursor check(String text, Binding binding) {
        byte[] bytes = decode(text);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] carried = new byte[CARRIED];
        byte[] mac = new byte[MAC_BYTES];
        in.get(carried).get(mac);
        if (!MessageDigest.isEqual(mac, mac(carried, binding))) {
            throw invalid("The cursor is not from this question, this reader and the policy in force.");
        }
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
            if (bytes.length == CARRIED + MAC_BYTES
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

    private byte[] mac(byte[] carried, Binding binding) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(carried);
            for (String part : new String[] {binding.reader(), binding.filters(), binding.policy()}) {
                byte[] bytes = part.getBytes(UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available", e);
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_CURSOR, detail);
    }
}
