package io.strongroom.policies.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.policies.InvalidBundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_clone_is_read_without_its_repository() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "x");
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/a.test.yaml"), "time: x");
        Files.writeString(folder.resolve("bundle.yaml"), "name: x");

        assertThat(BundleFolder.read(folder)).containsOnlyKeys("bundle.yaml", "tests/a.test.yaml");
    }

    @Test
    void a_link_is_refused_and_not_followed() throws IOException {
        Path secret = Files.writeString(folder.resolveSibling("secret-" + System.nanoTime()), "secret");
        Files.createSymbolicLink(folder.resolve("access.yaml"), secret);
        Files.createSymbolicLink(folder.resolve("tests"), folder.getParent());

        assertThatThrownBy(() -> BundleFolder.read(folder))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("access.yaml: is a link or no file")
                .hasMessageContaining("tests: is a link or no file");
        Files.delete(secret);
    }

    @Test
    void ten_thousand_files_are_not_read() throws IOException {
        for (int i = 0; i < 300; i++) {
            Files.writeString(folder.resolve(i + ".md"), "x");
        }

        assertThatThrownBy(() -> BundleFolder.read(folder))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("has more than 200 files");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertThatThrownBy(() -> BundleFolder.read(folder.resolve("nowhere"))).isInstanceOf(IOException.class);
    }
}
