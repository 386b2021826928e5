package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
    private static final long LONG = 2L << 20;

    @TempDir
    private Path folder;

    @Test
    void eachStartGoesOnInTheSameFilesWhichAreTheUsersAlone() throws IOException {
        Path data = folder.resolve("data");
        Logs logs = Logs.in(data);
        Files.writeString(logs.errors(), "one start\n");

        assertThat(Logs.in(data)).isEqualTo(logs);
        assertThat(logs.errors()).hasContent("one start\n");
        assertThat(logs.log()).isEqualTo(data.resolve("log/server.log"));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(logs.log().getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void howeverManyStartsFailTwoFilesOfWhatTheySaidAreTheMost() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (RandomAccessFile errors =
                    new RandomAccessFile(Logs.in(folder).errors().toFile(), "rw")) {
                assertThat(errors.length()).isZero();
                errors.setLength(LONG + i);
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files).hasSize(2);
        }
        assertThat(Files.size(folder.resolve("log/server.err.1"))).isEqualTo(LONG + 2);
    }
}
