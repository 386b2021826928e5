package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BagManifestTest {
    private static final String HEX = "ab".repeat(32);

    private static Map<String, Digest> parse(String text) throws RefusedException {
        return BagManifest.parse("list", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesAsSha256sumWritesThemAreRead() throws RefusedException {
        Digest digest = Digest.parse("sha256:" + HEX);
        assertThat(parse("")).isEmpty();
        assertThat(parse(HEX + "  a\n" + HEX + "  data/b  c\n")).isEqualTo(Map.of("a", digest, "data/b  c", digest));
    }

    /** D stands for 64 hex digits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "D  a",
                "D  a\n\n",
                "\n",
                "D\n",
                "D  \n",
                "D a\n",
                "D *a\n",
                "D\t\ta\n",
                "Da  a\n",
                "  a\n",
                "D  a\nD  a\n",
                "D  a\nD  b\nD  a",
                "D  a\nD  b\nD  a\n"
            })
    void anyOtherFormIsRefused(String text) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> parse(text.replace("D", HEX)));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> parse(HEX.replace("ab", "AB") + "  a\n"));
    }
}
