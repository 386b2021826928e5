package io.strongroom.server.record;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes idempotency keys (formats §3). Their scope is (tenant, source); a key of {@code source.sequence} and a key that
 * the caller chose never meet.
 */
public final class IdempotencyKeys {
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final byte[] SEQUENCE_DOMAIN = bytes("strongroom idempotency sequence v1");
    private static final byte[] TEXT_DOMAIN = bytes("strongroom idempotency text v1");
    private static final int MOST_SOURCES_REMEMBERED = 4096;

    private final byte[] tenant;
    private final SecretKey key;

    /** First halves by source; only a shortcut, so it simply stops growing at its limit. */
    private final Map<String, Long> highBySource = new ConcurrentHashMap<>();

    /** Initialised with {@link #key} and idle. */
    private final ConcurrentLinkedQueue<Mac> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param tenant the installation's tenant
     * @param key the installation's idempotency key, for HMAC-SHA-256
     */
    public IdempotencyKeys(TenantId tenant, SecretKey key) {
        this.tenant = bytes(tenant.key());
        this.key = key;
    }

    /**
     * The key of a document that {@code source.sequence} makes recognisable: the second half is the sequence itself, so
     * that an index of the keys grows at its right edge for each source.
     *
     * @param document canonical bytes of the document as received, in its first {@code length} bytes
     */
    public IdempotencyKey ofSequence(String source, long sequence, byte[] document, int length) {
        return new IdempotencyKey(high(source), sequence, mac(document, length), true);
    }

    /**
     * The key of a document that came with a key of its sender's choice.
     *
     * @param document canonical bytes of the document as received, in its first {@code length} bytes
     */
    public IdempotencyKey ofText(String source, String text, byte[] document, int length) {
        ByteBuffer digest = ByteBuffer.wrap(digest(TEXT_DOMAIN, source, text));
        return new IdempotencyKey(digest.getLong(), digest.getLong(), mac(document, length));
    }

    private long high(String source) {
        Long known = highBySource.get(source);
        if (known != null) {
            return known;
        }
        long high = ByteBuffer.wrap(digest(SEQUENCE_DOMAIN, source, null)).getLong();
        if (highBySource.size() < MOST_SOURCES_REMEMBERED) {
            highBySource.put(source, high);
        }
        return high;
    }

    /** Each part with its length before it, so that no two lists of parts give the same bytes. */
    private byte[] digest(byte[] domain, String source, @Nullable String text) {
        MessageDigest sha256 = Digest.sha256();
        update(sha256, domain);
        update(sha256, tenant);
        update(sha256, bytes(source));
        if (text != null) {
            update(sha256, bytes(text));
        }
        return sha256.digest();
    }

    private static void update(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private byte[] mac(byte[] document, int length) {
        Mac mac = idle.poll();
        if (mac == null) {
            mac = newMac();
        }
        mac.update(document, 0, length);
        byte[] value = mac.doFinal();
        idle.offer(mac);
        return value;
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the installation's idempotency key cannot be used for " + MAC_ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
