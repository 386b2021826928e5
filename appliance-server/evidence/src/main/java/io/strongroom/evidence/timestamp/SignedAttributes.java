package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerReader.OCTET_STRING;
import static io.strongroom.evidence.timestamp.DerReader.SEQUENCE;
import static io.strongroom.evidence.timestamp.DerReader.SET;
import static io.strongroom.evidence.timestamp.DerReader.context;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * The attributes that the signature covers (RFC 5652 section 11), which tie it to the content and to one certificate.
 * Those that are not known here are passed over.
 */
final class SignedAttributes {
    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    private static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    private static final int SERIAL_BYTES = 21;
    private static final int DIRECTORY_NAME = 4;

    private final byte[] signed;
    private final Map<String, byte[]> values = new HashMap<>();

    /**
     * @param element {@code [0] IMPLICIT SET OF Attribute}, as it stands
     */
    SignedAttributes(byte[] element) {
        // What is signed is the SET, under its own tag (RFC 5652 section 5.4).
        signed = element.clone();
        signed[0] = SET;
        DerReader set = DerReader.of(signed).enter(SET);
        while (set.hasNext()) {
            DerReader attribute = set.enter(SEQUENCE);
            String type = attribute.oid();
            DerReader value = attribute.enter(SET);
            attribute.end();
            byte[] only = value.element();
            value.end();
            if (values.put(type, only) != null) {
                throw new TimeStampException("the signed attribute " + type + " stands twice");
            }
        }
    }

    /** The bytes that are signed. */
    byte[] signed() {
        return signed.clone();
    }

    private DerReader value(String type, String name) {
        byte[] value = values.get(type);
        if (value == null) {
            throw new TimeStampException("the token does not sign which " + name + " it has");
        }
        return DerReader.of(value);
    }

    /** Makes sure that the signature is for this content, of this type. */
    void requireContent(String contentType, byte[] digest) {
        DerReader type = value(CONTENT_TYPE, "type of content");
        if (!type.oid().equals(contentType)) {
            throw new TimeStampException("the token signs another type of content");
        }
        if (!MessageDigest.isEqual(value(MESSAGE_DIGEST, "content").content(OCTET_STRING), digest)) {
            throw new TimeStampException("the token signs another content");
        }
    }

    /**
     * Makes sure that the signature names this certificate as the one that it was made under, so that no other for the
     * same key can take its place. Many authorities still name it by SHA-1 (RFC 2634, ESSCertID), which suffices for
     * that: whoever wanted another certificate would have to find a second preimage that a trusted root signed.
     */
    void requireCertificate(X509Certificate certificate) {
        if (!values.containsKey(SIGNING_CERTIFICATE) && !values.containsKey(SIGNING_CERTIFICATE_V2)) {
            throw new TimeStampException("the token does not sign which certificate it was made under (ESSCertID)");
        }
        byte[] der = Certificates.der(certificate);
        if (values.containsKey(SIGNING_CERTIFICATE)) {
            requireCertificate(certificateId(SIGNING_CERTIFICATE), Algorithms.sha1(der), certificate);
        }
        if (values.containsKey(SIGNING_CERTIFICATE_V2)) {
            DerReader id = certificateId(SIGNING_CERTIFICATE_V2);
            String algorithm = id.next(SEQUENCE) ? id.algorithm() : Algorithms.SHA_256;
            requireCertificate(id, Algorithms.digest(algorithm, der), certificate);
        }
    }

    /** The first of the certificates: the authority's own. */
    private DerReader certificateId(String type) {
        return value(type, "certificate").enter(SEQUENCE).enter(SEQUENCE).enter(SEQUENCE);
    }

    private static void requireCertificate(DerReader id, byte[] digest, X509Certificate certificate) {
        if (!MessageDigest.isEqual(id.content(OCTET_STRING), digest)) {
            throw new TimeStampException("the token signs that it was made under another certificate");
        }
        if (id.hasNext()) {
            requireIssuer(id.enter(SEQUENCE), certificate);
        }
        id.end();
    }

    /** IssuerSerial: one directory name, and the serial number. */
    private static void requireIssuer(DerReader in, X509Certificate certificate) {
        DerReader names = in.enter(SEQUENCE);
        DerReader name = names.enter(context(DIRECTORY_NAME));
        X500Principal issuer = Certificates.name(name.element());
        name.end();
        names.end();
        BigInteger serial = in.integer(SERIAL_BYTES);
        in.end();
        if (!certificate.getIssuerX500Principal().equals(issuer)
                || !certificate.getSerialNumber().equals(serial)) {
            throw new TimeStampException("the token signs that its certificate has another issuer or number");
        }
    }
}
