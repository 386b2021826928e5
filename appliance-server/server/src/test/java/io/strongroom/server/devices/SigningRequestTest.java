package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;

/** Of a certification request the key is taken, if it is one, and nothing else. */
class SigningRequestTest {
    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static void assertRefused(byte[] body, String why) {
        assertThatThrownBy(() -> SigningRequest.read(body)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(ProblemType.INVALID_CSR);
            assertThat(e.problem().detail()).contains(why);
        });
    }

    private static byte[] encoded(byte[] der) {
        return Base64.getEncoder().encode(der);
    }

    @Test
    void theKeyIsTakenWhateverTheRequestAsksFor() {
        KeyPair key = TestDevice.newKey();
        String plain = TestDevice.request(key);
        SigningRequest request = SigningRequest.read(bytes(plain));
        assertThat(request.key()).isEqualTo(key.getPublic());
        assertThat(request.spki()).isEqualTo(key.getPublic().getEncoded());
        String armoured = "-----BEGIN CERTIFICATE REQUEST-----\n" + plain + "\n-----END CERTIFICATE REQUEST-----\n";
        assertThat(SigningRequest.read(bytes(armoured)).spki()).isEqualTo(request.spki());
        assertThat(SigningRequest.read(bytes(TestDevice.request(key, "CN=administrator", "SHA384withECDSA")))
                        .spki())
                .isEqualTo(request.spki());
    }

    @Test
    void otherKeysAreRefused() throws Exception {
        assertRefused(bytes(TestDevice.request(TestDevice.newKey("secp384r1"))), "P-256");
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        assertRefused(bytes(TestDevice.request(rsa.generateKeyPair(), "CN=x", "SHA256withRSA")), "P-256");
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertRefused(bytes(TestDevice.request(edwards, "CN=x", "Ed25519")), "P-256");
    }

    @Test
    void aWeakSignatureIsRefused() {
        assertRefused(bytes(TestDevice.request(TestDevice.newKey(), "CN=x", "SHA1withECDSA")), "SHA-256");
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() {
        KeyPair mine = TestDevice.newKey();
        KeyPair theirs = TestDevice.newKey();
        KeyPair mixed = new KeyPair(theirs.getPublic(), mine.getPrivate());
        assertRefused(bytes(TestDevice.request(mixed)), "not that of its key");
    }

    @Test
    void aChangedRequestIsRefused() {
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(TestDevice.newKey()));
        // A letter of the name, which the signature covers.
        byte[] name = bytes("what");
        int at = new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("what");
        assertThat(Arrays.copyOfRange(der, at, at + name.length)).isEqualTo(name);
        der[at] ^= 1;
        assertRefused(encoded(der), "not that of its key");
    }

    @Test
    void aRequestThatIsNotWrittenAsItWasSignedIsRefused() throws IOException {
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(TestDevice.newKey()));
        byte[] signed = signed(der);
        // The tag of the attributes, which parsers pass over.
        int tag = indexOf(der, signed) + signed.length - 2;
        assertThat(der[tag]).isEqualTo((byte) 0xa0);
        der[tag] = (byte) 0xa1;
        assertRefused(encoded(der), "DER");
    }

    private static byte[] signed(byte[] der) throws IOException {
        return new PKCS10CertificationRequest(der)
                .toASN1Structure()
                .getCertificationRequestInfo()
                .getEncoded();
    }

    @Test
    void whatIsNoPointOfTheCurveIsRefused() {
        KeyPair key = TestDevice.newKey();
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(key));
        byte[] spki = key.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(spki, spki.length - 64, spki.length);
        int at = indexOf(der, point);
        byte[] off = new BigInteger(1, point).xor(BigInteger.ONE).toByteArray();
        System.arraycopy(off, off.length - 64, der, at, 64);
        assertRefused(encoded(der), "");
    }

    private static int indexOf(byte[] in, byte[] part) {
        for (int i = 0; i + part.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void whatIsTooLongOrNestedOrFollowedByMoreIsRefused() {
        assertRefused(new byte[SigningRequest.MOST_BYTES + 1], "bytes");
        byte[] nested = new byte[4000];
        Arrays.fill(nested, (byte) 0x30);
        for (int i = 1; i < nested.length; i += 2) {
            nested[i] = (byte) 0x80;
        }
        assertRefused(encoded(nested), "");
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(TestDevice.newKey()));
        assertRefused(encoded(Arrays.copyOf(der, der.length + 1)), "DER");
        assertRefused(bytes("not base64 at all!"), "base64");
        assertRefused(new byte[0], "");
    }

    /** How a signature is written may be damaged without changing what it says; then the request says what it did. */
    @Property(tries = 300)
    void aDamagedRequestIsRefusedOrSaysWhatItDid(@ForAll long seed) {
        Random random = new Random(seed);
        KeyPair key = TestDevice.newKey();
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(key));
        der[random.nextInt(der.length)] ^= (byte) (1 + random.nextInt(255));
        try {
            assertThat(SigningRequest.read(encoded(der)).key()).isEqualTo(key.getPublic());
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ProblemType.INVALID_CSR);
        }
    }

    /** What is signed cannot be damaged at all. */
    @Property(tries = 300)
    void aRequestThatIsDamagedInWhatItSignsIsRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] der = Base64.getMimeDecoder().decode(TestDevice.request(TestDevice.newKey()));
        byte[] signed = signed(der);
        der[indexOf(der, signed) + random.nextInt(signed.length)] ^= (byte) (1 + random.nextInt(255));
        assertRefused(encoded(der), "");
    }
}
