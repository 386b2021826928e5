package io.strongroom.agent.identity;

import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.batch.write.BatchSigner;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who the device is, and whom it believes.
 *
 * @param url the appliance's address for devices
 * @param device as the certificate names it
 * @param key by which it shows who it is, and signs its batches
 * @param certificate of that key
 * @param authorities that the device believes, and no others
 */
public record DeviceIdentity(
        URI url, SourceId device, KeyPair key, X509Certificate certificate, List<X509Certificate> authorities) {
    private static final String NAME = "urn:strongroom:device:";
    private static final int URI_NAME = 6;

    public DeviceIdentity {
        authorities = List.copyOf(authorities);
    }

    /**
     * Which device a certificate names.
     *
     * @throws IdentityException if it names none
     */
    static SourceId device(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (List<?> name : names) {
                    if (name.getFirst() instanceof Integer kind
                            && kind == URI_NAME
                            && name.get(1) instanceof String text
                            && text.startsWith(NAME)) {
                        return new SourceId(text.substring(NAME.length()));
                    }
                }
            }
        } catch (CertificateParsingException | IllegalArgumentException e) {
            throw new IdentityException("The certificate that the appliance gave cannot be read: " + e.getMessage(), e);
        }
        throw new IdentityException("The certificate that the appliance gave names no device.");
    }

    public BatchSigner signer() {
        return BatchSigner.of(key.getPrivate(), key.getPublic());
    }

    /** TLS 1.3 with the device's certificate, with those alone whom its authorities vouch for. */
    public SSLContext tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(shown().getKeyManagers(), believed().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** Shows the device's certificate. */
    public KeyManagerFactory shown() {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("device", key.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /** Believes whom the device's authorities vouch for, and nobody else. */
    public TrustManagerFactory believed() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            return trust;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static IdentityException unusable(Exception why) {
        return new IdentityException("The device's key cannot be used for TLS: " + why.getMessage(), why);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "DeviceIdentity[" + device + " at " + url + "]";
    }
}
