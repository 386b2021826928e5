package io.strongroom.server.policy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnGitSettingsTest {
    /** Measured it would be far less, after seconds, and from files that the measurement leaves in the folder meanwhile. */
    @Test
    void aDiskIsTakenForCoarseAndNotMeasured(@TempDir Path folder) throws IOException {
        OwnGitSettings.use();

        assertThat(FS.FileStoreAttributes.get(folder).getFsTimestampResolution())
                .isEqualTo(Duration.ofSeconds(2));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
