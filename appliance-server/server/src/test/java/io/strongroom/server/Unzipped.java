package io.strongroom.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Packs as folders. */
public final class Unzipped {
    private Unzipped() {}

    /** Unpacks a pack into a new folder, without its top folder. @return the folder */
    public static Path into(Path pack, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file =
                        folder.resolve(entry.getName().substring(entry.getName().indexOf('/') + 1));
                Files.createDirectories(file.getParent());
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
        return folder;
    }
}
