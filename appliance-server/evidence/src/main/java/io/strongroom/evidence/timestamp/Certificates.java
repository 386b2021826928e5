package io.strongroom.evidence.timestamp;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What must be true of an authority's certificate (RFC 3161 section 2.3, RFC 5280 section 6). */
final class Certificates {
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int MIN_RSA_BITS = 2048;
    private static final Map<String, String> READABLE = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "2.5.4.5", "serialNumber",
            "2.5.4.13", "description",
            "2.5.4.97", "organizationIdentifier");

    private Certificates() {}

    /** An X.509 certificate in DER. */
    static X509Certificate parse(byte[] der) {
        DerReader whole = DerReader.of(der);
        whole.element();
        whole.end();
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TimeStampException("not an X.509 certificate in DER: " + e.getMessage(), e);
        }
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no DER", e);
        }
    }

    /** A distinguished name in DER. */
    static X500Principal name(byte[] der) {
        try {
            return new X500Principal(der);
        } catch (IllegalArgumentException e) {
            throw new TimeStampException("not a distinguished name", e);
        }
    }

    /** The name of a certificate's subject for a person, in the form of RFC 2253. */
    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, READABLE);
    }

    /** Makes sure that the certificate is for time-stamps and nothing else. */
    static void requirePurpose(X509Certificate certificate) {
        List<String> usages;
        try {
            usages = certificate.getExtendedKeyUsage();
        } catch (CertificateException e) {
            throw new TimeStampException("the certificate's extended key usage is malformed", e);
        }
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (!List.of(TIME_STAMPING).equals(usages) || critical == null || !critical.contains(EXTENDED_KEY_USAGE)) {
            throw new TimeStampException("the certificate of " + subject(certificate)
                    + " is not for time-stamps alone (critical extended key usage)");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            throw new TimeStampException("the certificate's key usage does not allow signatures");
        }
        if (certificate.getPublicKey() instanceof RSAKey key && key.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new TimeStampException("the authority's RSA key has less than " + MIN_RSA_BITS + " bits");
        }
    }

    /**
     * Finds the root that vouches for a certificate.
     *
     * @param others certificates between them, in no order
     * @param time at which all of them must be valid; whether one was revoked by then is not examined
     * @throws TimeStampException if there is none
     */
    static TimeRoot requireChain(
            X509Certificate certificate, List<X509Certificate> others, List<TimeRoot> roots, Instant time) {
        String reason = "no time-root of the trust file issued it or its issuers";
        for (TimeRoot root : roots) {
            List<X509Certificate> path = path(certificate, others, root.certificate());
            if (path != null) {
                String refused = refused(path, root.certificate(), Date.from(time));
                if (refused == null) {
                    return root;
                }
                reason = refused;
            }
        }
        throw new TimeStampException(
                "the certificate of " + subject(certificate) + " does not lead to a trusted root: " + reason);
    }

    /** The shortest path of issuers, from the certificate to the last before the root; null where there is none. */
    private static @Nullable List<X509Certificate> path(
            X509Certificate certificate, List<X509Certificate> others, X509Certificate root) {
        Set<X509Certificate> seen = new HashSet<>(Set.of(certificate));
        Deque<List<X509Certificate>> open = new ArrayDeque<>(List.of(List.of(certificate)));
        while (!open.isEmpty()) {
            List<X509Certificate> path = open.remove();
            if (isIssued(path.getLast(), root)) {
                return path;
            }
            for (X509Certificate issuer : others) {
                if (!seen.contains(issuer) && isIssued(path.getLast(), issuer)) {
                    seen.add(issuer);
                    List<X509Certificate> longer = new ArrayList<>(path);
                    longer.add(issuer);
                    open.add(longer);
                }
            }
        }
        return null;
    }

    private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Why a path does not hold; null where it does. */
    private static @Nullable String refused(List<X509Certificate> path, X509Certificate root, Date time) {
        try {
            root.checkValidity(time);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            // Nothing is fetched: the verifier has no network.
            parameters.setRevocationEnabled(false);
            parameters.setDate(time);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return null;
        } catch (CertificateException | CertPathValidatorException e) {
            return e.getMessage() + "";
        } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform validates no certificates", e);
        }
    }
}
