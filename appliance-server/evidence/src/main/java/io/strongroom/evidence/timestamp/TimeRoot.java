package io.strongroom.evidence.timestamp;

import java.security.cert.X509Certificate;

/**
 * The certificate of an authority that vouches for time-stamps.
 *
 * @param name by which the trust file knows it
 */
public record TimeRoot(String name, X509Certificate certificate) {
    /**
     * The root of its certificate in DER.
     *
     * @throws TimeStampException if it is no X.509 certificate
     */
    public static TimeRoot of(String name, byte[] der) {
        return new TimeRoot(name, Certificates.parse(der));
    }

    /** The certificate in DER. */
    public byte[] der() {
        return Certificates.der(certificate);
    }

    @Override
    public String toString() {
        return "TimeRoot[" + name + "]";
    }
}
