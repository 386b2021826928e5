package io.strongroom.api.client;

import io.strongroom.evidence.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom the client believes to be the appliance: the holder of a certificate, for the host name that was called, which
 * one certain certificate authority signed. The authorities that the operating system trusts do not count.
 */
public final class ApplianceTrust {
    private final X509ExtendedTrustManager manager;
    private final SSLContext context;

    private ApplianceTrust(X509ExtendedTrustManager manager) {
        this.manager = manager;
        this.context = context(manager);
    }

    /**
     * Trusts the authority whose SubjectPublicKeyInfo has this SHA-256: the fingerprint that the appliance shows. The
     * appliance sends the authority's certificate along in the handshake. A renewed certificate is no alarm, a new
     * authority is.
     */
    public static ApplianceTrust pinned(Digest fingerprint) {
        return new ApplianceTrust(new PinnedAuthority(fingerprint));
    }

    /**
     * Trusts the authorities in this PEM.
     *
     * @throws IllegalArgumentException if there is no certificate in it
     */
    public static ApplianceTrust authorities(byte[] pem) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                certificates.add((X509Certificate) certificate);
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in the PEM");
            }
            return new ApplianceTrust(trusting(certificates));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a PEM of certificates: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot check certificates", e);
        }
    }

    /** For a caller that brings an HTTP client of its own. */
    public SSLContext context() {
        return context;
    }

    /** For one that makes its own context. It must check host names, or is refused. */
    public X509ExtendedTrustManager manager() {
        return manager;
    }

    private static SSLContext context(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no TLS 1.3", e);
        }
    }

    private static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
            throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store could not be made", e);
        }
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("PKIX gives no X.509 trust manager");
    }

    /** The authority with the pinned fingerprint is not among those that were shown. */
    static final class AnotherAuthorityException extends CertificateException {
        private static final long serialVersionUID = 1;

        private AnotherAuthorityException(String message) {
            super(message);
        }
    }

    /** Finds the pinned authority in the chain that was sent, and lets the platform check the rest, host name included. */
    private static final class PinnedAuthority extends X509ExtendedTrustManager {
        private final Digest fingerprint;

        PinnedAuthority(Digest fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            under(chain).checkServerTrusted(chain, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            under(chain).checkServerTrusted(chain, authType, socket);
        }

        /** Fails closed: without the engine or the socket there is no host name to check. */
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("the host name cannot be checked here");
        }

        private X509ExtendedTrustManager under(X509Certificate[] chain) throws CertificateException {
            @Nullable X509Certificate authority = null;
            for (X509Certificate certificate : chain) {
                if (Digest.of(certificate.getPublicKey().getEncoded()).equals(fingerprint)) {
                    authority = certificate;
                }
            }
            if (authority == null) {
                throw new AnotherAuthorityException(
                        "the appliance's certificate is not from the authority with fingerprint " + fingerprint
                                + ": this is another appliance, or somebody stands in between");
            }
            try {
                return trusting(List.of(authority));
            } catch (CertificateException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the certificate cannot be checked", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("a client trusts no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a client trusts no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("a client trusts no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
