package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A pack that has been unpacked. Links are refused, and none is followed. */
final class FolderBag implements Bag {
    private final Path root;
    private final SortedMap<String, Long> files = new TreeMap<>();

    private FolderBag(Path root) {
        this.root = root;
    }

    static FolderBag open(Path root) throws IOException {
        FolderBag bag = new FolderBag(root);
        PathRules rules = new PathRules();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (!attributes.isRegularFile()) {
                    throw new RefusedException(path, "a regular file", "a link or a special file");
                }
                rules.take(path);
                bag.files.put(path, attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        rules.end();
        return bag;
    }

    @Override
    public SortedMap<String, Long> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(root.resolve(path), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {}
}
