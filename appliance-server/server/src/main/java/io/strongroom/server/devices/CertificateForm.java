package io.strongroom.server.devices;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificates of devices' public key infrastructure (RFC 5280): P-256, signed with SHA-256. */
final class CertificateForm {
    static final String SIGNATURE = "SHA256withECDSA";

    /** What comes before a device's id in its subject alternative name. */
    static final String DEVICE_URN = "urn:strongroom:device:";

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365L);

    /** A device whose clock was set back, or is a day behind, still finds the appliance, and can be told of it. */
    private static final Duration BACKDATED = Duration.ofDays(2);

    private static final int SERIAL_BITS = 120;

    private final SecureRandom random;

    CertificateForm(SecureRandom random) {
        this.random = random;
    }

    /** Whose signature a certificate gets. */
    record Signer(X509Certificate certificate, PrivateKey key) {}

    KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java makes keys on P-256", e);
        }
    }

    /** An authority that signs itself. */
    X509Certificate authority(String commonName, KeyPair pair, Instant now) {
        X500Principal name = new X500Principal("CN=" + commonName);
        return made(() -> {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(AUTHORITY_LIFE)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return signed(builder, pair.getPrivate());
        });
    }

    /** A device's: whatever it asked to be called, it is called by its id. */
    X509Certificate device(Signer signer, String device, PublicKey key, Instant now, Duration life) {
        GeneralNames names =
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, DEVICE_URN + device));
        return issued(signer, "CN=" + device, names, key, KeyPurposeId.id_kp_clientAuth, now, life);
    }

    /** The certificate of the port that devices call. */
    X509Certificate port(
            Signer signer, String commonName, GeneralNames names, PublicKey key, Instant now, Duration life) {
        return issued(signer, "CN=" + commonName, names, key, KeyPurposeId.id_kp_serverAuth, now, life);
    }

    private X509Certificate issued(
            Signer signer,
            String subject,
            GeneralNames names,
            PublicKey key,
            KeyPurposeId purpose,
            Instant now,
            Duration life) {
        Instant lastEnd = signer.certificate().getNotAfter().toInstant();
        Instant end = now.plus(life).isAfter(lastEnd) ? lastEnd : now.plus(life);
        return made(() -> {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    signer.certificate(),
                    serial(),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(end),
                    new X500Principal(subject),
                    key);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(signer.certificate()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            return signed(builder, signer.key());
        });
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    @FunctionalInterface
    private interface Making {
        X509Certificate make() throws GeneralSecurityException, OperatorCreationException, IOException;
    }

    private static X509Certificate made(Making making) {
        try {
            return making.make();
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
