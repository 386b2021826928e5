package io.strongroom.evidence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.Vectors;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyingKeyTest {
    private static final Pattern VECTOR = Pattern.compile("\"key\": \"([0-9a-f]+)\",\\s*\"sig\": \"([0-9a-f]+)\","
            + "\\s*\"msg\": \"([^\"]*)\",\\s*\"flags\": (\\[[^]]*]|null)");

    @Test
    void edgeCasesOfEd25519AreRefusedWhereKeyOrSignatureIsNotCanonicalOrOfLowOrder() {
        String json = Vectors.text("ed25519/ed25519vectors.json");
        int accepted = 0;
        int all = 0;
        var matcher = VECTOR.matcher(json);
        while (matcher.find()) {
            all++;
            String flags = matcher.group(4);
            boolean valid = verifies(matcher.group(1), matcher.group(2), matcher.group(3));
            if (valid) {
                accepted++;
            }
            if (flags.contains("non_canonical")
                    || flags.contains("low_order_A")
                    || flags.contains("low_order_R")
                    || flags.contains("low_order_residue")
                    || flags.contains("reencoded_k")) {
                assertThat(valid).as(matcher.group()).isFalse();
            } else {
                assertThat(valid).as(matcher.group()).isTrue();
            }
        }
        assertThat(all).isEqualTo(914);
        assertThat(accepted).isPositive();
    }

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** In 32 bytes, the lowest first. */
    private static byte[] encoded(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static BigInteger decoded(byte[] bytes, int length) {
        byte[] reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    @Test
    void aKeyThatFitsManySignaturesOrHasTwoEncodingsIsRefused() {
        BigInteger eighth = new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);
        for (BigInteger y : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                P.subtract(BigInteger.ONE),
                eighth,
                P.subtract(eighth),
                P,
                P.add(BigInteger.ONE),
                P.add(BigInteger.valueOf(18)))) {
            for (BigInteger key : List.of(y, y.setBit(255))) {
                assertThatIllegalArgumentException()
                        .as(key.toString(16))
                        .isThrownBy(() -> VerifyingKey.ofRaw(SigningAlgorithm.ED25519, encoded(key)));
            }
        }
    }

    /** Whoever has the key can make one whose first half is the same for every message; RFC 8032's equation holds for it. */
    @Test
    void aSignatureWhoseFirstHalfIsAPointOfLowOrderIsRefused() throws NoSuchAlgorithmException {
        byte[] seed = new byte[32];
        byte[] message = {1, 2, 3};
        VerifyingKey key = SigningKey.ofSeed(SigningAlgorithm.ED25519, seed).verifyingKey();
        byte[] secret = MessageDigest.getInstance("SHA-512").digest(seed);
        secret[0] &= (byte) 0xf8;
        secret[31] = (byte) (secret[31] & 0x3f | 0x40);
        byte[] neutral = encoded(BigInteger.ONE);
        MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
        sha512.update(neutral);
        sha512.update(key.raw());
        BigInteger challenge = decoded(sha512.digest(message), 64);
        byte[] second = encoded(challenge.multiply(decoded(secret, 32)).mod(ORDER));
        byte[] signature = Arrays.copyOf(neutral, 64);
        System.arraycopy(second, 0, signature, 32, 32);
        assertThat(key.verify(message, signature)).isFalse();
    }

    private static boolean verifies(String key, String signature, String message) {
        HexFormat hex = HexFormat.of();
        try {
            return VerifyingKey.ofRaw(SigningAlgorithm.ED25519, hex.parseHex(key))
                    .verify(message.getBytes(StandardCharsets.UTF_8), hex.parseHex(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void mlDsa44SignsAndVerifiesEachBenchmarkMessageUnderTheKeyOfTheZeroSeed() {
        SigningKey key = SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[32]);
        var messages = Pattern.compile("\"([A-Z2-7]{26})\"").matcher(Vectors.text("mldsa/bench-ML-DSA-44.json"));
        int checked = 0;
        while (messages.find() && checked < 20) {
            byte[] message = messages.group(1).getBytes(StandardCharsets.US_ASCII);
            byte[] signature = key.sign(message);
            assertThat(key.verifyingKey().verify(message, signature)).isTrue();
            message[0] ^= 1;
            assertThat(key.verifyingKey().verify(message, signature)).isFalse();
            checked++;
        }
        assertThat(checked).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void aKeyComesBackFromItsPkcs8AndSpkiForms(SigningAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm, new SecureRandom());
        SigningKey again = SigningKey.ofPkcs8(key.pkcs8());
        assertThat(again.verifyingKey()).isEqualTo(key.verifyingKey());
        assertThat(VerifyingKey.ofSpki(key.verifyingKey().spki())).isEqualTo(key.verifyingKey());
        byte[] message = {1, 2, 3};
        assertThat(key.verifyingKey().verify(message, again.sign(message))).isTrue();
    }

    @Test
    void theSeedOfRfc8032GivesItsPublicKey() {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        assertThat(HexFormat.of()
                        .formatHex(SigningKey.ofSeed(SigningAlgorithm.ED25519, seed)
                                .verifyingKey()
                                .raw()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void keysOfAnotherLengthOrFormAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifyingKey.ofRaw(SigningAlgorithm.ED25519, new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> VerifyingKey.ofSpki(new byte[44]));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.ofPkcs8(new byte[48]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[31]));
    }

    @Test
    void aKeyNeverPrintsItsSecret() {
        byte[] seed = new byte[32];
        seed[0] = 0x5a;
        assertThat(SigningKey.ofSeed(SigningAlgorithm.ED25519, seed).toString()).doesNotContain("5a0000");
    }
}
