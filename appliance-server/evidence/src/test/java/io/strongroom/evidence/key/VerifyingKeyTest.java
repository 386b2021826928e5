package io.strongroom.evidence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
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
