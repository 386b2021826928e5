package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * What is taken of a certification request (PKCS#10, RFC 2986): the key, and that whoever asks has it. Names, extensions
 * and attributes that it asks for are not even read, for who a device is is not the device's to say.
 *
 * @param key on P-256
 * @param spki the key as SubjectPublicKeyInfo, always the same bytes for the same key
 */
record SigningRequest(PublicKey key, byte[] spki) {
    /** A request for a key on P-256 has some 300 bytes; one with every attribute that tools add, a thousand. */
    static final int MOST_BYTES = 8 * 1024;

    private static final String NO_DER = "It is not a PKCS#10 request in DER.";

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    /**
     * Reads the body of an EST request (RFC 8951 §3): base64, with line breaks or not, in PEM's armour or not.
     *
     * @throws ProblemException {@code invalid-csr}
     */
    static SigningRequest read(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw refused("It has more than " + MOST_BYTES + " bytes.");
        }
        String text = new String(body, StandardCharsets.US_ASCII)
                .replaceAll("-----(BEGIN|END) (NEW )?CERTIFICATE REQUEST-----", "")
                .replaceAll("\\s", "");
        byte[] der;
        try {
            der = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused("It is not base64.");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            // What is signed is checked as it would be written, so it has to be written so.
            if (!Arrays.equals(request.toASN1Structure().getEncoded(ASN1Encoding.DER), der)) {
                throw refused(NO_DER);
            }
            return of(request);
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Whatever a parser says about what strangers send.
            throw refused(NO_DER);
        }
    }

    private static SigningRequest of(PKCS10CertificationRequest request) throws IOException {
        SubjectPublicKeyInfo asked = request.getSubjectPublicKeyInfo();
        if (!asked.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !SECObjectIdentifiers.secp256r1.equals(asked.getAlgorithm().getParameters())) {
            throw refused("Its key is not on the named curve P-256.");
        }
        if (!SIGNATURES.contains(request.getSignatureAlgorithm().getAlgorithm())) {
            throw refused("It is not signed by ECDSA with SHA-256, 384 or 512.");
        }
        ECPoint point = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)
                .getCurve()
                .decodePoint(asked.getPublicKeyData().getOctets());
        if (point.isInfinity()) {
            throw refused("Its key is no point of the curve.");
        }
        byte[] spki = new SubjectPublicKeyInfo(asked.getAlgorithm(), point.getEncoded(false)).getEncoded("DER");
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("Its signature is not that of its key.");
            }
            return new SigningRequest(key, spki);
        } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw refused("Its signature cannot be checked.");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.INVALID_CSR, "The certification request is refused. " + why);
    }
}
