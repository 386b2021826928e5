package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerReader.SET;
import static io.strongroom.evidence.timestamp.DerReader.context;
import static io.strongroom.evidence.timestamp.DerWriter.algorithm;
import static io.strongroom.evidence.timestamp.DerWriter.bits;
import static io.strongroom.evidence.timestamp.DerWriter.bool;
import static io.strongroom.evidence.timestamp.DerWriter.integer;
import static io.strongroom.evidence.timestamp.DerWriter.name;
import static io.strongroom.evidence.timestamp.DerWriter.octets;
import static io.strongroom.evidence.timestamp.DerWriter.oid;
import static io.strongroom.evidence.timestamp.DerWriter.seq;
import static io.strongroom.evidence.timestamp.DerWriter.set;
import static io.strongroom.evidence.timestamp.DerWriter.time;
import static io.strongroom.evidence.timestamp.DerWriter.tlv;

import io.strongroom.evidence.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A time-stamp authority that can be told to do wrong: each field is what a test may set otherwise. */
public final class TestAuthority {
    static final String SHA_1 = "1.3.14.3.2.26";
    static final String ECDSA_SHA_256 = "1.2.840.10045.4.3.2";
    static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final KeyPair ROOT = ec();
    private static final KeyPair KEY = ec();

    // The certificate.
    String issuer = "Test root";
    String certificateFrom = "20260101000000Z";
    String certificateUntil = "20270101000000Z";
    String rootUntil = "20400101000000Z";
    List<String> usages = List.of(TIME_STAMPING);
    boolean usageCritical = true;
    int keyUsage = 0x80;
    byte[] unknownExtension = new byte[0];
    KeyPair rootKey = ROOT;

    // The token's content.
    int infoVersion = 1;
    String imprintAlgorithm = Algorithms.SHA_256;
    String time = "20261121010203.5Z";
    byte[] accuracy = seq(integer(1), tlv(0x80, new byte[] {1, (byte) 0xf4}));
    byte[] infoRest = new byte[0];

    // What is signed, and how.
    String contentType = TstInfo.CONTENT_TYPE;

    @Nullable
    String attributeContentType = TstInfo.CONTENT_TYPE;

    byte[] digestSuffix = new byte[0];
    boolean certificateAttribute = true;
    String certificateAttributeType = "1.2.840.113549.1.9.16.2.47";
    boolean certificateBySha1;
    byte[] certificateHashSuffix = new byte[0];
    long issuerSerial = 7;
    byte[] moreAttributes = new byte[0];
    String digestAlgorithm = Algorithms.SHA_256;
    String signatureAlgorithm = ECDSA_SHA_256;
    KeyPair signingKey = KEY;

    // What comes along.
    boolean certificateComes = true;
    int status;
    int signers = 1;
    long signerSerial = 7;

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair anotherKey() {
        return ec();
    }

    private static byte[] sign(KeyPair key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The root that the trust file names. */
    public TimeRoot root() {
        byte[] extensions = seq(extension("2.5.29.19", true, seq(bool(true))));
        return TimeRoot.of(
                "test", certificate(1, "Test root", "Test root", ROOT, "20200101000000Z", rootUntil, ROOT, extensions));
    }

    private byte[] own() {
        List<byte[]> purposes = new ArrayList<>();
        usages.forEach(usage -> purposes.add(oid(usage)));
        byte[] extensions = seq(
                extension("2.5.29.15", true, tlv(0x03, new byte[] {5, (byte) keyUsage})),
                extension("2.5.29.37", usageCritical, seq(purposes.toArray(byte[][]::new))),
                unknownExtension);
        return certificate(7, issuer, "Test authority", KEY, certificateFrom, certificateUntil, rootKey, extensions);
    }

    static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical ? seq(oid(oid), bool(true), octets(value)) : seq(oid(oid), octets(value));
    }

    private static byte[] certificate(
            long serial,
            String issuer,
            String subject,
            KeyPair key,
            String from,
            String until,
            KeyPair issuerKey,
            byte[] extensions) {
        byte[] toBeSigned = seq(
                tlv(context(0), integer(2)),
                integer(serial),
                algorithm(ECDSA_SHA_256),
                name(issuer),
                seq(time(from), time(until)),
                name(subject),
                key.getPublic().getEncoded(),
                tlv(context(3), extensions));
        return seq(toBeSigned, algorithm(ECDSA_SHA_256), bits(sign(issuerKey, toBeSigned)));
    }

    /** The answer to a request to stamp these bytes: a TimeStampResp. */
    public byte[] stamp(byte[] stamped) {
        byte[] certificate = own();
        byte[] info = seq(
                integer(infoVersion),
                oid("1.2.3.4.1"),
                seq(algorithm(imprintAlgorithm), octets(Digest.of(stamped).bytes())),
                integer(1000),
                time(time),
                accuracy,
                infoRest);
        List<byte[]> attributes = new ArrayList<>();
        if (attributeContentType != null) {
            attributes.add(seq(oid("1.2.840.113549.1.9.3"), set(oid(attributeContentType))));
        }
        attributes.add(
                seq(oid("1.2.840.113549.1.9.4"), set(octets(join(Digest.of(info).bytes(), digestSuffix)))));
        if (certificateAttribute) {
            byte[] issuerSerialNumber = seq(seq(tlv(context(4), name(issuer))), integer(issuerSerial));
            byte[] hash = octets(join(
                    certificateBySha1
                            ? Algorithms.sha1(certificate)
                            : Digest.of(certificate).bytes(),
                    certificateHashSuffix));
            attributes.add(seq(oid(certificateAttributeType), set(seq(seq(seq(hash, issuerSerialNumber))))));
        }
        if (moreAttributes.length > 0) {
            attributes.add(moreAttributes);
        }
        byte[] signed = set(attributes.toArray(byte[][]::new));
        byte[] implicit = signed.clone();
        implicit[0] = (byte) context(0);
        byte[] signer = seq(
                integer(1),
                seq(name(issuer), integer(signerSerial)),
                algorithm(digestAlgorithm),
                implicit,
                algorithm(signatureAlgorithm),
                octets(sign(signingKey, signed)));
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < signers; i++) {
            all.add(signer);
        }
        byte[] signedData = seq(
                integer(3),
                set(algorithm(digestAlgorithm)),
                seq(oid(contentType), tlv(context(0), octets(info))),
                certificateComes ? tlv(context(0), certificate) : new byte[0],
                tlv(SET, all.toArray(byte[][]::new)));
        return seq(
                seq(integer(status)),
                status > 1 ? new byte[0] : seq(oid("1.2.840.113549.1.7.2"), tlv(context(0), signedData)));
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
