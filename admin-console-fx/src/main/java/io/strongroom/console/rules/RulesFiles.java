package io.strongroom.console.rules;

import io.strongroom.policies.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a clone: those in its working folder, and those of its commits. Thread-safe. */
public final class RulesFiles {
    private final Path folder;
    private final Repository git;
    private final Object alone;

    /** @param alone held by whoever reads or changes the working folder */
    RulesFiles(Path folder, Repository git, Object alone) {
        this.folder = folder;
        this.git = git;
        this.alone = alone;
    }

    /** The files in the working folder, by path. */
    public Map<String, byte[]> read() {
        synchronized (alone) {
            try {
                return BundleFolder.read(folder);
            } catch (IOException e) {
                throw RulesException.of("rules.read", e);
            }
        }
    }

    /** Writes a file of the working folder. */
    public void write(String path, String text) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder) || file.startsWith(folder.resolve(Constants.DOT_GIT))) {
            throw new RulesException("rules.nofile", path);
        }
        synchronized (alone) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw RulesException.of("rules.write", e);
            }
        }
    }

    /** Deletes a file of the working folder. */
    public void delete(String path) {
        synchronized (alone) {
            try {
                Files.deleteIfExists(folder.resolve(path));
            } catch (IOException e) {
                throw RulesException.of("rules.write", e);
            }
        }
    }

    /** The files of a commit that was fetched, by path. */
    public Map<String, byte[]> of(String commit) {
        return of(ObjectId.fromString(commit));
    }

    Map<String, byte[]> of(ObjectId commit) {
        Map<String, byte[]> files = new TreeMap<>();
        try (RevWalk walk = new RevWalk(git);
                ObjectReader reader = git.newObjectReader();
                TreeWalk tree = new TreeWalk(reader)) {
            tree.addTree(walk.parseCommit(commit).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                files.put(tree.getPathString(), reader.open(tree.getObjectId(0)).getBytes());
            }
            return files;
        } catch (IOException e) {
            throw RulesException.of("rules.read", e);
        }
    }
}
