package io.strongroom.evidence.batch.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The example of RFC 9052 appendix C.2.1, a single signature by ES256, with the key "11" of appendix C.7.1. */
class CoseExampleTest {
    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] EXAMPLE =
            HEX.parseHex("d28443a10126a10442313154546869732069732074686520636f6e74656e742e"
                    + "58408eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e"
                    + "2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36");

    private static final byte[] KEY = HEX.parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
            + "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"
            + "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e");

    @Test
    void theStandardsOwnSignatureVerifies() {
        Sign1 example = Sign1.parse(EXAMPLE);
        assertThat(new String(example.payload(), StandardCharsets.US_ASCII)).isEqualTo("This is the content.");
        assertThat(BatchKey.ofSpki(KEY).verify(example.toBeSigned(), example.signature()))
                .isTrue();
        assertThat(BatchKey.ofSpki(KEY).verify(EXAMPLE, example.signature())).isFalse();
    }

    @Test
    void itIsNoBatchForItsUnprotectedHeaderIsNotEmpty() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> SignedBatch.parse(EXAMPLE))
                .withMessageContaining("unprotected");
    }
}
