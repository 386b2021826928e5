package io.strongroom.server.privacy;

import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.TenantHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keyed hashes of fields (formats §4): one that stands in a record in place of the value, and one by which a hidden
 * field is found. Each has a key of its own, derived from a secret of the installation. For any number of threads.
 */
public final class FieldHashes {
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int USER_BYTES = 16;

    private final String tenant;
    private final byte[] salt;
    private final ThreadLocal<Mac> finding;
    private final ThreadLocal<Mac> naming;

    /** @param secret an installation's secret of 32 bytes */
    public FieldHashes(SecretKey secret, TenantId tenant) {
        this.tenant = tenant.key();
        this.salt = key(secret, "strongroom tenant salt v1 ").getEncoded();
        SecretKey findable = key(secret, "strongroom findable fields v1 ");
        this.finding = ThreadLocal.withInitial(() -> mac(findable));
        SecretKey users = key(secret, "strongroom users v1 ");
        this.naming = ThreadLocal.withInitial(() -> mac(users));
    }

    private SecretKey key(SecretKey secret, String purpose) {
        try {
            byte[] info = (purpose + tenant).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            MAC_ALGORITHM,
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HKDF-SHA256", e);
        }
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + MAC_ALGORITHM, e);
        }
    }

    /** The tenant's salt, as {@link TenantHash} wants it. */
    public byte[] tenantSalt() {
        return salt.clone();
    }

    /**
     * What a findable field is looked up by: the first 32 bits of the HMAC-SHA-256 of its pointer and its canonical
     * value. Of equal fields it is equal; of others it may be, so what it finds is compared with the record itself.
     */
    public int findable(String pointer, JsonSlice value) {
        Mac mac = finding.get();
        mac.update(pointer.getBytes(StandardCharsets.UTF_8));
        // No JSON begins with a zero byte, so the parts cannot run into one another.
        mac.update((byte) 0);
        mac.update(value.bytes(), value.offset(), value.length());
        return ByteBuffer.wrap(mac.doFinal()).getInt();
    }

    /**
     * What stands for a user in the read models of telemetry: the first 128 bits of the HMAC-SHA-256 of the name, 32 hex
     * digits. Wherever the name stands in a record, it is the same.
     */
    public String user(String name) {
        byte[] hash = naming.get().doFinal(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, USER_BYTES);
    }
}
