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

final class LogFileTest {
    private static final long LONG = 17L << 20;

    @TempDir
    private Path folder;

    @Test
    void eachStartGoesOnInTheSameFileWhichIsTheUsersAlone() throws IOException {
        Path data = folder.resolve("data");
        Path log = LogFile.in(data);
        Files.writeString(log, "one start\n");

        assertThat(LogFile.in(data)).isEqualTo(log).hasContent("one start\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void howeverManyStartsThereAreTwoFilesAreTheMost() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (RandomAccessFile log = new RandomAccessFile(LogFile.in(folder).toFile(), "rw")) {
                assertThat(log.length()).isZero();
                log.setLength(LONG + i);
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files).hasSize(2);
        }
        assertThat(Files.size(folder.resolve("log/server.log.1"))).isEqualTo(LONG + 2);
    }
}
