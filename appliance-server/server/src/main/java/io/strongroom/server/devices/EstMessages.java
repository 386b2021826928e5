package io.strongroom.server.devices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What EST answers with (RFC 7030 §4, RFC 8951): DER in base64, with line breaks. */
final class EstMessages {
    private static final int LINE = 64;

    private EstMessages() {}

    /** Certificates and nothing else: a degenerate SignedData (RFC 5652 §5.1). */
    static byte[] certificates(List<X509Certificate> certificates) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        certificates.forEach(each -> all.add(Certificate.getInstance(CertificateRow.encoded(each))));
        SignedData data = new SignedData(
                new DERSet(), new ContentInfo(CMSObjectIdentifiers.data, null), new DERSet(all), null, new DERSet());
        return base64(encoded(new ContentInfo(CMSObjectIdentifiers.signedData, data)));
    }

    /** What a request should be like (RFC 7030 §4.5.2): a key on P-256, ECDSA with SHA-256. */
    static byte[] attributes() {
        ASN1EncodableVector wanted = new ASN1EncodableVector();
        wanted.add(new Attribute(X9ObjectIdentifiers.id_ecPublicKey, new DERSet(SECObjectIdentifiers.secp256r1)));
        wanted.add(X9ObjectIdentifiers.ecdsa_with_SHA256);
        return base64(encoded(new DERSequence(wanted)));
    }

    private static byte[] encoded(org.bouncycastle.asn1.ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail", e);
        }
    }

    private static byte[] base64(byte[] der) {
        return (Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
