package io.strongroom.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DataKeyTest {
    @Test
    void expandingWhatWasExtractedOnceIsHkdfOfTheDataKeyAsTheFormatSays() throws GeneralSecurityException {
        byte[] secret = "thirty-two bytes of a data key..".getBytes(StandardCharsets.US_ASCII);
        byte[] recordId = "01M7XPE600CG13P77EE879FQN6".getBytes(StandardCharsets.US_ASCII);
        KDF hkdf = KDF.getInstance("HKDF-SHA256");

        byte[] once = hkdf.deriveData(
                HKDFParameterSpec.expandOnly(DataKey.of(1, secret).extracted(), recordId, 32));

        assertThat(once)
                .isEqualTo(hkdf.deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(new SecretKeySpec(secret, "HKDF"))
                        .thenExpand(recordId, 32)));
        assertThat(DataKey.of(1, secret)).hasToString("DataKey[1]");
    }
}
