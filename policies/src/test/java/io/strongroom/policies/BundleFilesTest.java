package io.strongroom.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFilesTest {

    /** Calculated with {@code printf '{"a/b.yaml":"sha256:…","c":"sha256:…"}' | sha256sum}. */
    @Test
    void the_digest_is_one_that_anybody_can_calculate() {
        BundleFiles files = BundleFiles.of(Map.of("c", bytes("two"), "a/b.yaml", bytes("one")));

        assertThat(files.digest())
                .hasToString("sha256:b5b095a0f55c541ce72b0fd7249c051afc721912be0eb4e3e49cb9dc8adb32b7");
    }

    @Test
    void a_changed_file_or_path_changes_the_digest() {
        BundleFiles files = BundleFiles.of(Map.of("a", bytes("1")));

        assertThat(files.digest())
                .isNotEqualTo(BundleFiles.of(Map.of("a", bytes("2"))).digest())
                .isNotEqualTo(BundleFiles.of(Map.of("b", bytes("1"))).digest());
    }

    @Test
    void nobody_changes_a_bundle_through_its_arrays() {
        byte[] content = bytes("1");
        BundleFiles files = BundleFiles.of(Map.of("a", content));

        content[0] = '2';
        files.byPath().values().forEach(copy -> copy[0] = '3');

        assertThat(files.byPath().get("a")).isEqualTo(bytes("1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a/", "a//b", "../a", "a/../b", ".git/config", "a/.hidden", "a b", "a\"b", "ä", "a\\b"
            })
    void a_path_that_could_lead_elsewhere_is_refused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> BundleFiles.of(Map.of(path, bytes("x"))));
    }

    @Test
    void an_empty_bundle_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BundleFiles.of(Map.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
