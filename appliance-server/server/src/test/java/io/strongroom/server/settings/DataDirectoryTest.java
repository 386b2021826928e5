package io.strongroom.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void aNewDirectoryIsForItsUserAlone() throws IOException {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.root().resolve("VERSION"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aSecondProcessIsRefusedWhileTheFirstHoldsIt() {
        try (DataDirectory data = DataDirectory.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(data.root()))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("in use by another Strongroom, the process "
                            + ProcessHandle.current().pid() + ". Stop that one (kill "
                            + ProcessHandle.current().pid());
        }
        DataDirectory.open(parent.resolve("data")).close();
    }

    @Test
    void anotherVersionIsRefusedAndNamed() throws IOException {
        DataDirectory.open(parent.resolve("data")).close();
        Files.writeString(parent.resolve("data/VERSION"), "strongroom data 7\n");
        assertThatThrownBy(() -> DataDirectory.open(parent.resolve("data")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("version 1");
    }

    @Test
    void aLogOfAnEarlierTryIsNoOtherThing() throws IOException {
        Files.createDirectory(parent.resolve("log"));
        DataDirectory.open(parent).close();
    }

    @Test
    void aFolderWithOtherThingsInItIsRefused() throws IOException {
        Files.writeString(parent.resolve("letter.txt"), "x");
        assertThatThrownBy(() -> DataDirectory.open(parent))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("letter.txt");
    }
}
