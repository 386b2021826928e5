package io.strongroom.server.privacy;

import io.strongroom.evidence.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** Turns subjects and days into names of keys that say nothing about them. */
final class KeyNames {
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "strongroom data key names v1".getBytes(StandardCharsets.US_ASCII);

    private final ThreadLocal<Mac> macs;
    private final byte[] tenant;

    /** @param secret an installation's secret of 32 bytes; a key of its own is derived from it */
    KeyNames(SecretKey secret, TenantId tenant) {
        SecretKey key;
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            MAC_ALGORITHM,
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(PURPOSE, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HKDF-SHA256", e);
        }
        this.macs = ThreadLocal.withInitial(() -> mac(key));
        this.tenant = tenant.key().getBytes(StandardCharsets.UTF_8);
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

    KeyName subject(String subject) {
        return name(KeyName.SUBJECT, subject);
    }

    KeyName day(LocalDate day) {
        return name(KeyName.DAY, day.toString());
    }

    /** Neither a kind nor a tenant holds a zero byte, so the parts cannot run into one another. */
    private KeyName name(String kind, String value) {
        Mac mac = macs.get();
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        mac.update(tenant);
        mac.update((byte) 0);
        return new KeyName(kind, mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    }
}
