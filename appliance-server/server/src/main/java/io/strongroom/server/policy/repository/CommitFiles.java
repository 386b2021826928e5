package io.strongroom.server.policy.repository;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.BundleLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The files of a commit, which may come from anybody. A tree can name the same subtree many times at each level, so what
 * is walked is counted, folders too.
 */
final class CommitFiles {
    /** Files of a bundle and the folders around them. */
    private static final int MAX_ENTRIES = 4 * BundleLoader.MAX_FILES;

    private final ObjectReader objects;

    CommitFiles(ObjectReader objects) {
        this.objects = objects;
    }

    /**
     * Looks at a commit's names and modes alone.
     *
     * @throws InvalidBundleException if something in it cannot be in a bundle: a link, another repository, a name that git
     *     or a file system takes for more than a name, too many files
     */
    void check(RevCommit commit) throws IOException {
        walk(commit, (path, file) -> {});
    }

    /**
     * The content by path.
     *
     * @throws InvalidBundleException as {@link #check}, and for a file that is too large
     */
    SortedMap<String, byte[]> read(RevCommit commit) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long[] total = {0};
        walk(commit, (path, file) -> {
            ObjectLoader loader = objects.open(file);
            total[0] += loader.getSize();
            if (loader.getSize() > BundleLoader.MAX_FILE_BYTES) {
                throw refused(
                        path,
                        "has " + loader.getSize() + " bytes",
                        "a file has at most " + BundleLoader.MAX_FILE_BYTES + "; split it");
            }
            if (total[0] > BundleLoader.MAX_BUNDLE_BYTES) {
                throw refused(
                        "",
                        "has more than " + BundleLoader.MAX_BUNDLE_BYTES + " bytes",
                        "a bundle has at most " + BundleLoader.MAX_BUNDLE_BYTES);
            }
            files.put(path, loader.getBytes(BundleLoader.MAX_FILE_BYTES));
        });
        return files;
    }

    @FunctionalInterface
    private interface Visitor {
        void file(String path, ObjectId file) throws IOException;
    }

    private void walk(RevCommit commit, Visitor visitor) throws IOException {
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(false);
            int entries = 0;
            int files = 0;
            while (walk.next()) {
                String path = shown(walk.getRawPath());
                if (++entries > MAX_ENTRIES) {
                    throw refused(
                            "",
                            "has too many files and folders",
                            "a bundle has at most " + BundleLoader.MAX_FILES + " files");
                }
                FileMode mode = walk.getFileMode(0);
                if (mode == FileMode.TREE) {
                    walk.enterSubtree();
                    continue;
                }
                requireFile(path, mode);
                if (!BundleFiles.isPath(path)) {
                    throw refused(
                            path,
                            "has a path that a bundle cannot have",
                            "use A-Z a-z 0-9 . _ - in names, no name beginning with a dot, at most 255 characters");
                }
                if (++files > BundleLoader.MAX_FILES) {
                    throw refused(
                            "",
                            "has more than " + BundleLoader.MAX_FILES + " files",
                            "a bundle has at most " + BundleLoader.MAX_FILES + "; join some");
                }
                visitor.file(path, walk.getObjectId(0));
            }
        }
    }

    private static void requireFile(String path, FileMode mode) {
        if (mode == FileMode.SYMLINK) {
            throw refused(path, "is a symbolic link", "put the file itself there");
        }
        if (mode == FileMode.GITLINK) {
            throw refused(path, "is a submodule", "put its files there");
        }
        if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
            throw refused(path, "is no file", "put a file there");
        }
    }

    private static InvalidBundleException refused(String path, String reason, String remedy) {
        return new InvalidBundleException(List.of(new Fault(path, 0, reason, remedy)));
    }

    /** A path that may be any bytes, fit for a line of output. */
    private static String shown(byte[] path) {
        String plain = new String(path, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
        return plain.length() <= 255 ? plain : plain.substring(0, 255) + "…";
    }
}
