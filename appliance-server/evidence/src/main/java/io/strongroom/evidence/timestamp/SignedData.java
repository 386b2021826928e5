package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerReader.OCTET_STRING;
import static io.strongroom.evidence.timestamp.DerReader.SEQUENCE;
import static io.strongroom.evidence.timestamp.DerReader.SET;
import static io.strongroom.evidence.timestamp.DerReader.context;
import static io.strongroom.evidence.timestamp.DerReader.contextPrimitive;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * CMS SignedData around a time-stamp (RFC 5652 section 5): one signer, with signed attributes. Revocation lists and
 * unsigned attributes are passed over.
 *
 * @param content the TSTInfo in DER
 * @param certificates those that came along
 * @param signer which of the certificates signed
 */
record SignedData(
        byte[] content,
        List<X509Certificate> certificates,
        SignerId signer,
        String digestAlgorithm,
        SignedAttributes attributes,
        String signatureAlgorithm,
        byte[] signature) {
    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final int VERSION = 3;
    private static final int MAX_CERTIFICATES = 16;
    private static final int SERIAL_BYTES = 21;
    private static final String SUBJECT_KEY_ID = "2.5.29.14";

    /** How the signer's certificate is named. */
    sealed interface SignerId {
        boolean names(X509Certificate certificate);

        record IssuerAndSerial(X500Principal issuer, BigInteger serial) implements SignerId {
            @Override
            public boolean names(X509Certificate certificate) {
                return certificate.getIssuerX500Principal().equals(issuer)
                        && certificate.getSerialNumber().equals(serial);
            }
        }

        record SubjectKey(byte[] id) implements SignerId {
            @Override
            public boolean names(X509Certificate certificate) {
                byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_ID);
                return extension != null
                        && Arrays.equals(
                                DerReader.of(DerReader.of(extension).content(OCTET_STRING))
                                        .content(OCTET_STRING),
                                id);
            }
        }
    }

    /** Reads a ContentInfo. */
    static SignedData parse(DerReader contentInfo) {
        if (!contentInfo.oid().equals(SIGNED_DATA)) {
            throw new TimeStampException("the token is not signed (CMS SignedData)");
        }
        DerReader explicit = contentInfo.enter(context(0));
        contentInfo.end();
        DerReader in = explicit.enter(SEQUENCE);
        explicit.end();
        if (in.small() != VERSION) {
            throw new TimeStampException("the token's SignedData has another version than " + VERSION);
        }
        DerReader digests = in.enter(SET);
        while (digests.hasNext()) {
            digests.algorithm();
        }
        byte[] content = content(in.enter(SEQUENCE));
        List<X509Certificate> certificates = in.next(context(0)) ? certificates(in.enter(context(0))) : List.of();
        if (in.next(context(1))) {
            in.element();
        }
        DerReader signers = in.enter(SET);
        in.end();
        DerReader signer = signers.enter(SEQUENCE);
        signers.end();
        return signer(signer, content, certificates);
    }

    private static byte[] content(DerReader in) {
        if (!in.oid().equals(TstInfo.CONTENT_TYPE)) {
            throw new TimeStampException("what is signed is no time-stamp (TSTInfo)");
        }
        DerReader explicit = in.enter(context(0));
        in.end();
        byte[] content = explicit.content(OCTET_STRING);
        explicit.end();
        return content;
    }

    private static List<X509Certificate> certificates(DerReader in) {
        List<X509Certificate> certificates = new ArrayList<>();
        while (in.hasNext()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw new TimeStampException("a token brings at most " + MAX_CERTIFICATES + " certificates along");
            }
            if (!in.next(SEQUENCE)) {
                throw new TimeStampException("the token brings something along that is no X.509 certificate");
            }
            certificates.add(Certificates.parse(in.element()));
        }
        return certificates;
    }

    private static SignedData signer(DerReader in, byte[] content, List<X509Certificate> certificates) {
        int version = in.small();
        SignerId id;
        if (version == 1) {
            DerReader issuerAndSerial = in.enter(SEQUENCE);
            id = new SignerId.IssuerAndSerial(
                    Certificates.name(issuerAndSerial.element()), issuerAndSerial.integer(SERIAL_BYTES));
            issuerAndSerial.end();
        } else if (version == 3) {
            id = new SignerId.SubjectKey(in.content(contextPrimitive(0)));
        } else {
            throw new TimeStampException("the token's signer has another version than 1 or 3");
        }
        String digestAlgorithm = in.algorithm();
        if (!in.next(context(0))) {
            throw new TimeStampException("the token has no signed attributes");
        }
        SignedAttributes attributes = new SignedAttributes(in.element());
        String signatureAlgorithm = in.algorithm();
        byte[] signature = in.content(OCTET_STRING);
        if (in.next(context(1))) {
            in.element();
        }
        in.end();
        return new SignedData(content, certificates, id, digestAlgorithm, attributes, signatureAlgorithm, signature);
    }
}
