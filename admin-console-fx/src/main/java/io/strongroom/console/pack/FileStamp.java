package io.strongroom.console.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** By what one sees that a file was written to: its length, and when. */
record FileStamp(long bytes, FileTime written) {
    static FileStamp of(Path file) throws IOException {
        return new FileStamp(Files.size(file), Files.getLastModifiedTime(file));
    }
}
