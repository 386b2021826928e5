package io.strongroom.policies;

import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in a record in place of a value that a bundle hashes: HMAC-SHA-256 of the value's canonical bytes, under
 * the tenant's salt. It stands in the clear and stays as long as the record; erasing a subject does not reach it.
 */
public final class TenantHash {
    /** What the text begins with. */
    public static final String PREFIX = "hmac-sha256:";

    /** Least bytes of a salt. */
    public static final int MIN_SALT_BYTES = 16;

    private static final int CHARS = PREFIX.length() + 64;

    private TenantHash() {}

    /** Whether a value has the form of such a hash. */
    public static boolean is(JsonSlice value) {
        if (value.length() != CHARS + 2 || value.kind() != JsonToken.STRING) {
            return false;
        }
        String text = value.string();
        return text.startsWith(PREFIX) && text.substring(PREFIX.length()).matches("[0-9a-f]{64}");
    }

    /**
     * The text that takes the value's place: {@link #PREFIX} and 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if the salt has fewer than {@link #MIN_SALT_BYTES}
     */
    public static String of(byte[] salt, JsonSlice value) {
        if (salt.length < MIN_SALT_BYTES) {
            throw new IllegalArgumentException("a tenant's salt has at least " + MIN_SALT_BYTES + " bytes");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            mac.update(value.bytes(), value.offset(), value.length());
            return PREFIX + HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }
}
