package io.strongroom.policies.bundle;

import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files of a bundle from a folder, such as a clone of its repository. No link is followed. */
public final class BundleFolder {
    private static final String GIT = ".git";

    private BundleFolder() {}

    /**
     * Reads a folder; the repository in it, if there is one, is left out.
     *
     * @return content by path, with slashes
     * @throws InvalidBundleException if it holds links, too many files, or files that are too large
     * @throws IOException if it cannot be read
     */
    public static Map<String, byte[]> read(Path folder) throws IOException {
        List<Fault> faults = new ArrayList<>();
        Map<String, byte[]> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(folder.resolve(GIT)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (path.equals(GIT)) {
                    return FileVisitResult.CONTINUE;
                }
                if (!attributes.isRegularFile()) {
                    faults.add(new Fault(path, 0, "is a link or no file", "put the file itself in its place"));
                } else if (attributes.size() > BundleLoader.MAX_FILE_BYTES) {
                    faults.add(new Fault(
                            path,
                            0,
                            "has " + attributes.size() + " bytes",
                            "a file has at most " + BundleLoader.MAX_FILE_BYTES + "; split it"));
                } else {
                    files.put(path, content(file));
                }
                if (files.size() > BundleLoader.MAX_FILES) {
                    faults.add(new Fault(
                            "", 0, "has more than " + BundleLoader.MAX_FILES + " files", "is it the bundle's folder?"));
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidBundleException(faults);
        }
        return files;
    }

    /** Of a file that grows meanwhile, no more than what the loader refuses. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(BundleLoader.MAX_FILE_BYTES + 1);
        }
    }
}
