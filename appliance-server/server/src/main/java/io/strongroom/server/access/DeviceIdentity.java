package io.strongroom.server.access;

import java.security.PublicKey;

/**
 * A device, as the certificate that it shows tells, and how it stands now.
 *
 * @param id names it for ever; it is also the only source that it may write for
 * @param group the group that it was enrolled into
 * @param generation the certificate's generation, from 1
 * @param use what this certificate is among the device's
 * @param fingerprint SHA-256 of the certificate, 64 lower-case hex digits
 * @param key the certificate's public key, P-256
 * @param until when the certificate ends, epoch milliseconds
 * @param renewAt when the device had best renew it, epoch milliseconds
 */
public record DeviceIdentity(
        String id,
        String group,
        DeviceState state,
        int generation,
        Use use,
        String fingerprint,
        PublicKey key,
        long until,
        long renewAt) {

    /** What a certificate is among those of its device. */
    public enum Use {
        /** The one that counts. */
        CURRENT,
        /** The next, which counts from its first use on. */
        NEXT,
        /** One in whose place another has come: whoever shows it has a copy of the key. */
        REPLACED
    }
}
