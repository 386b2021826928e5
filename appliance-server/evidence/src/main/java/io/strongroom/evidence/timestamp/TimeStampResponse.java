package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerReader.SEQUENCE;

import io.strongroom.evidence.Digest;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * An authority's answer (RFC 3161 section 2.4.2, TimeStampResp) with the token in it. That it parses says nothing about
 * its signature: see {@link #verify}.
 */
public final class TimeStampResponse {
    /** Longest answer, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int GRANTED = 0;
    private static final int GRANTED_WITH_CHANGES = 1;

    private final SignedData signed;
    private final TstInfo info;

    private TimeStampResponse(SignedData signed, TstInfo info) {
        this.signed = signed;
        this.info = info;
    }

    /**
     * Reads an answer in DER.
     *
     * @throws TimeStampException if it is malformed, or holds no token
     */
    public static TimeStampResponse parse(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new TimeStampException("a time-stamp response has at most " + MAX_BYTES + " bytes");
        }
        DerReader outer = DerReader.of(der);
        DerReader in = outer.enter(SEQUENCE);
        outer.end();
        int status = in.enter(SEQUENCE).small();
        if (status != GRANTED && status != GRANTED_WITH_CHANGES) {
            throw new TimeStampException("the authority refused, with status " + status);
        }
        SignedData signed = SignedData.parse(in.enter(SEQUENCE));
        in.end();
        return new TimeStampResponse(signed, TstInfo.parse(signed.content()));
    }

    /** What the token says; not proven until it is verified. */
    public Instant claimedTime() {
        return info.time();
    }

    /**
     * Verifies that an authority under one of the roots saw these bytes.
     *
     * @throws TimeStampException if nothing shows that, with the reason
     */
    public TimeStamp verify(byte[] stamped, List<TimeRoot> roots) {
        if (!MessageDigest.isEqual(info.imprint(), Digest.of(stamped).bytes())) {
            throw new TimeStampException("the token is for other bytes");
        }
        X509Certificate certificate = signed.certificates().stream()
                .filter(signed.signer()::names)
                .findFirst()
                .orElseThrow(() -> new TimeStampException(
                        "the token does not bring the certificate along that signed it (certReq in the request)"));
        signed.attributes()
                .requireContent(TstInfo.CONTENT_TYPE, Algorithms.digest(signed.digestAlgorithm(), signed.content()));
        signed.attributes().requireCertificate(certificate);
        requireSignature(certificate);
        Certificates.requirePurpose(certificate);
        byte[] tsa = info.tsa();
        if (tsa != null && !certificate.getSubjectX500Principal().equals(Certificates.name(tsa))) {
            throw new TimeStampException("the token names another authority than its certificate does");
        }
        TimeRoot root = Certificates.requireChain(certificate, signed.certificates(), roots, info.time());
        return new TimeStamp(
                info.time(), info.accuracy(), Certificates.subject(certificate), root, info.policy(), info.serial());
    }

    private void requireSignature(X509Certificate certificate) {
        String algorithm = Algorithms.signature(signed.signatureAlgorithm(), signed.digestAlgorithm());
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(signed.attributes().signed());
            if (verifier.verify(signed.signature())) {
                return;
            }
        } catch (InvalidKeyException | SignatureException e) {
            throw new TimeStampException("the token's signature cannot be verified: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm, e);
        }
        throw new TimeStampException("the token's signature does not fit");
    }
}
