package io.strongroom.server.keys;

import io.strongroom.evidence.Digest;
import io.strongroom.server.settings.DurableFile;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The appliance's own certificate authority, P-256. Its fingerprint, the SHA-256 of its SPKI, is what people compare; a
 * renewed server certificate does not change it (design §4).
 */
public final class CertificateAuthority {
    private static final Duration CA_LIFE = Duration.ofDays(20 * 365L);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final int SERIAL_BITS = 120;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final SecureRandom random;

    private CertificateAuthority(PrivateKey key, X509Certificate certificate, SecureRandom random) {
        this.key = key;
        this.certificate = certificate;
        this.random = random;
    }

    /** A server's key and its certificate, then the authority's. */
    public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
        public ServerIdentity {
            chain = List.copyOf(chain);
        }

        /** From when on another takes its place: 30 days before it ends. */
        Instant renewedFrom() {
            return chain.getFirst().getNotAfter().toInstant().minus(RENEWED_BEFORE_END);
        }
    }

    /** Makes the authority in {@code folder}, unless an interrupted first start did. */
    public static CertificateAuthority create(Path folder, String commonName, Instant now, SecureRandom random) {
        Path keyFile = folder.resolve("ca.key");
        Path certificateFile = folder.resolve("ca.crt");
        if (Files.exists(certificateFile)) {
            return open(folder, random);
        }
        try {
            KeyPair pair = generate(random);
            X500Principal name = new X500Principal("CN=Strongroom CA " + commonName);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(CA_LIFE)),
                    name,
                    pair.getPublic());
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            X509Certificate certificate = sign(builder, pair.getPrivate());
            DurableFile.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            DurableFile.write(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
            return new CertificateAuthority(pair.getPrivate(), certificate, random);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw refused("The certificate authority cannot be made in " + folder + ": " + e, e);
        }
    }

    /**
     * Reads the authority.
     *
     * @throws StartRefusedException if it is missing, damaged, or its key is not its certificate's
     */
    public static CertificateAuthority open(Path folder, SecureRandom random) {
        try {
            PrivateKey key = readKey(folder.resolve("ca.key"));
            X509Certificate certificate =
                    readCertificates(folder.resolve("ca.crt")).getFirst();
            requirePair(key, certificate.getPublicKey());
            return new CertificateAuthority(key, certificate, random);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw refused(
                    "The certificate authority in " + folder + " is missing or damaged (" + e.getMessage()
                            + "). Restore the folder from its backup.",
                    e);
        }
    }

    /** SHA-256 of the authority's SPKI. */
    public Digest fingerprint() {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * The server's key and certificate in {@code folder}: those that are there, or new ones where there are none, they
     * end within 30 days, or they do not have these names.
     *
     * @param names host names and IP addresses; the first is the common name
     * @throws StartRefusedException if they cannot be read or written
     */
    ServerIdentity server(Path folder, List<String> names, Instant now) {
        Path keyFile = folder.resolve("server.key");
        Path certificateFile = folder.resolve("server.crt");
        try {
            if (Files.exists(keyFile) && Files.exists(certificateFile)) {
                ServerIdentity found = new ServerIdentity(readKey(keyFile), readCertificates(certificateFile));
                X509Certificate own = found.chain().getFirst();
                if (now.isBefore(found.renewedFrom())
                        && ServerNames.are(names, own)
                        && found.chain().getLast().equals(certificate)) {
                    requirePair(found.key(), own.getPublicKey());
                    return found;
                }
            }
            KeyPair pair = generate(random);
            X509Certificate issued = issueServer(pair.getPublic(), names, now);
            DurableFile.write(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            String both = new String(pem("CERTIFICATE", issued.getEncoded()), StandardCharsets.US_ASCII)
                    + new String(pem("CERTIFICATE", certificate.getEncoded()), StandardCharsets.US_ASCII);
            DurableFile.write(certificateFile, both.getBytes(StandardCharsets.US_ASCII));
            return new ServerIdentity(pair.getPrivate(), List.of(issued, certificate));
        } catch (GeneralSecurityException | IOException | OperatorCreationException | IllegalArgumentException e) {
            throw refused(
                    "The server's certificate in " + folder + " cannot be used: " + e.getMessage()
                            + ". Remove server.key and server.crt there to have new ones made.",
                    e);
        }
    }

    private X509Certificate issueServer(PublicKey serverKey, List<String> names, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(random),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(SERVER_LIFE)),
                new X500Principal("CN=" + names.getFirst()),
                serverKey);
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        GeneralName[] subjects = names.stream()
                .map(name -> new GeneralName(
                        ServerNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subjects));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
        builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(serverKey));
        return sign(builder, key);
    }

    private static KeyPair generate(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static void requirePair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        byte[] probe = "strongroom".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(probe);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(publicKey);
        verifier.update(probe);
        if (!verifier.verify(signature)) {
            throw new GeneralSecurityException("the private key is not the certificate's");
        }
    }

    private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        String base64 = new String(SecretFile.read(file), StandardCharsets.US_ASCII)
                .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static List<X509Certificate> readCertificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in " + file);
        }
        return certificates;
    }

    private static byte[] pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static StartRefusedException refused(String message, Exception cause) {
        return new StartRefusedException(Reason.KEY, message, cause);
    }
}
