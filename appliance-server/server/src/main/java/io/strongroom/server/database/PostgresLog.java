package io.strongroom.server.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file into which a PostgreSQL of ours writes what it says, held to a length while it writes. The server keeps the file
 * open for as long as it runs, so that it is emptied, not replaced; it appends, and goes on at the beginning.
 *
 * <p>PostgreSQL's own collector of logs empties files by the clock alone, never by their length.
 *
 * @param mostBytes from where on it is cut; it grows beyond by what is written between two looks
 */
record PostgresLog(Path file, long mostBytes) {

    /**
     * Puts the newest of a file that is too long aside, in the place of what was there, and begins it anew.
     *
     * @throws IOException if it could not be put aside; it begins anew all the same
     */
    void cut() throws IOException {
        if (Files.notExists(file) || Files.size(file) <= mostBytes) {
            return;
        }
        // First of all away with it: it may be what keeps the disk full.
        Files.deleteIfExists(aside());
        // What is said between the last byte that is copied and the cut is lost.
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (OutputStream aside = Files.newOutputStream(aside())) {
                log.position(log.size() - mostBytes);
                Channels.newInputStream(log).transferTo(aside);
            } finally {
                log.truncate(0);
            }
        }
    }

    private Path aside() {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
