package io.strongroom.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for what is thrown away afterwards, also when the program is interrupted. */
public final class Workspace implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path root;

    /**
     * @param prefix what the folder's name begins with
     */
    public Workspace(String prefix) {
        try {
            // Readable by this user alone.
            this.root = Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new LaunchException("there is no room for a temporary folder: " + e.getMessage(), e);
        }
    }

    /**
     * Has the folder deleted at the end of this process, whatever ends it.
     *
     * @param first what must have stopped before
     */
    public void deleteAtEndAfter(Runnable first) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            first.run();
                            delete();
                        },
                        "clean-up"));
    }

    /** A file or folder in it, which need not be there. */
    public Path file(String name) {
        return root.resolve(name);
    }

    private void delete() {
        for (int attempt = 1; ; attempt++) {
            try {
                deleteTree();
                return;
            } catch (NoSuchFileException e) {
                // Deleted already.
                return;
            } catch (DirectoryNotEmptyException e) {
                // When interrupted, what is still at work may write a last file.
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("cannot delete " + root + "; delete it by hand", e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + root + "; delete it by hand: " + e.getMessage(), e);
            }
        }
    }

    private void deleteTree() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        delete();
    }
}
