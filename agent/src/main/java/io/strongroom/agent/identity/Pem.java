package io.strongroom.agent.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates as text that other tools read, too. */
final class Pem {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Pem() {}

    static byte[] write(KeyPair key) {
        return (block(PRIVATE, key.getPrivate().getEncoded())
                        + block(PUBLIC, key.getPublic().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] write(List<X509Certificate> certificates) throws CertificateException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + name + "-----\n";
    }

    static KeyPair keys(byte[] pem, String algorithm) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(der(text, PUBLIC))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(der(text, PRIVATE))));
    }

    private static byte[] der(String text, String name) throws GeneralSecurityException {
        Matcher block = Pattern.compile("-----BEGIN " + name + "-----([^-]*)-----END " + name + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("there is no " + name);
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(name + " is not base64", e);
        }
    }

    /** From PEM, or from a PKCS#7 message in DER. */
    static List<X509Certificate> certificates(byte[] encoded) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(encoded)).stream()
                .map((Certificate each) -> (X509Certificate) each)
                .toList();
    }
}
