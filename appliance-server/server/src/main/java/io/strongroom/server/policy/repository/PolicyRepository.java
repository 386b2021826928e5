package io.strongroom.server.policy.repository;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.GitCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The bare repository in the data directory. Its branch {@code main} is moved by the appliance alone; people push branches
 * below {@code proposals/}.
 *
 * <p>After each change of a branch the whole repository stands in the object store once more ({@link Backups}), from which
 * {@link #open} makes it again where the folder is gone or older.
 */
public final class PolicyRepository implements AutoCloseable {
    /** The branch of what was activated; at first a bundle to begin with, which is not in force. */
    public static final String MAIN = Constants.R_HEADS + "main";

    private static final PersonIdentity APPLIANCE = new PersonIdentity("Strongroom", "strongroom@localhost");

    private final FileRepository git;
    private final Backups backups;
    private final ReentrantLock writing = new ReentrantLock();

    private PolicyRepository(FileRepository git, Backups backups) {
        this.git = git;
        this.backups = backups;
    }

    private record PersonIdentity(String name, String mail) {
        PersonIdent at(Instant time) {
            return new PersonIdent(name, mail, time, ZoneOffset.UTC);
        }
    }

    /**
     * A commit of the history.
     *
     * @param author the name that its author gave; nothing proves it
     * @param at epoch milliseconds, as its author gave it
     * @param subject the first line of the message
     */
    public record Commit(GitCommit id, String author, long at, String subject) {}

    /**
     * Opens the repository; makes it where there is none: from the object store, or with {@code first} as its first
     * commit.
     *
     * @throws IOException if the disk or the object store does not let it
     */
    static PolicyRepository open(Path folder, Backups backups, Map<String, byte[]> first, InstantSource clock)
            throws IOException {
        OwnGitSettings.use();
        Optional<Backups.Backup> newest = backups.newest();
        if (!Files.exists(folder)) {
            Path making = folder.resolveSibling(folder.getFileName() + ".new");
            delete(making);
            try (FileRepository fresh = create(making)) {
                if (newest.isPresent()) {
                    backups.restore(newest.get(), fresh);
                } else {
                    begin(fresh, first, clock.instant());
                }
            }
            Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        unlock(folder);
        PolicyRepository repository = new PolicyRepository(new FileRepository(folder.toFile()), backups);
        try {
            repository.settle(newest);
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /** A killed process leaves the lock of a branch that it was moving, which would then never move again. */
    private static void unlock(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path lock :
                    files.filter(file -> file.toString().endsWith(".lock")).toList()) {
                Files.delete(lock);
            }
        }
    }

    private static FileRepository create(Path folder) throws IOException {
        FileRepository fresh = new FileRepository(folder.toFile());
        fresh.create(true);
        StoredConfig config = fresh.getConfig();
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncobjectfiles", true);
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncreffiles", true);
        config.setInt("gc", null, "auto", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.setBoolean("receive", null, "autogc", false);
        config.save();
        fresh.updateRef(Constants.HEAD).link(MAIN);
        return fresh;
    }

    private static void begin(FileRepository fresh, Map<String, byte[]> files, Instant now) throws IOException {
        try (ObjectInserter inserter = fresh.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
                builder.add(entry);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setAuthor(APPLIANCE.at(now));
            commit.setCommitter(APPLIANCE.at(now));
            commit.setMessage("Begin with the default bundle, which is not in force until it is activated\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = fresh.updateRef(MAIN);
            update.setNewObjectId(id);
            require(update.update(), MAIN);
        }
    }

    /** Makes local branches and the copy in the object store agree: whichever knows of the other's commits is newer. */
    private void settle(Optional<Backups.Backup> newest) throws IOException {
        if (newest.isPresent()) {
            for (String head : newest.get().heads().values()) {
                if (!git.getObjectDatabase().has(ObjectId.fromString(head))) {
                    backups.restore(newest.get(), git);
                    break;
                }
            }
        }
        backUp();
    }

    /** Stores what has changed since the last copy in the object store. */
    public void backUp() throws IOException {
        locked(() -> {
            backups.store(git, heads());
            return true;
        });
    }

    /** Work that may throw what reading a repository throws. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** One change after the other. */
    <T> T locked(Work<T> work) throws IOException {
        writing.lock();
        try {
            return work.run();
        } finally {
            writing.unlock();
        }
    }

    Repository git() {
        return git;
    }

    /** All branches. */
    SortedMap<String, String> heads() throws IOException {
        SortedMap<String, String> heads = new TreeMap<>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
            heads.put(ref.getName(), target(ref).name());
        }
        return heads;
    }

    private static ObjectId target(Ref ref) {
        return requireNonNull(ref.getObjectId(), "a branch without a commit");
    }

    /** The head of {@link #MAIN}. */
    public GitCommit main() {
        return head("main").orElseThrow(() -> new IllegalStateException("the policy's repository has no main"));
    }

    /** The head of a branch, such as {@code proposals/mask-email}. */
    public Optional<GitCommit> head(String branch) {
        try {
            return Optional.ofNullable(git.exactRef(Constants.R_HEADS + branch))
                    .map(ref -> new GitCommit(target(ref).name()));
        } catch (IOException e) {
            throw new UncheckedIOException("the policy's repository cannot be read", e);
        }
    }

    /**
     * The files of a commit that was accepted before.
     *
     * @return empty if there is no such commit
     */
    public Optional<SortedMap<String, byte[]>> files(GitCommit commit) {
        try (RevWalk walk = new RevWalk(git)) {
            ObjectId id = ObjectId.fromString(commit.hex());
            return git.getObjectDatabase().has(id)
                    ? Optional.of(new CommitFiles(walk.getObjectReader()).read(walk.parseCommit(id)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the policy's repository cannot be read", e);
        }
    }

    /** Whether {@code main} can be moved to a commit without leaving anything behind. */
    public boolean continuesMain(GitCommit commit) {
        try (RevWalk walk = new RevWalk(git)) {
            return walk.isMergedInto(commit(walk, main()), commit(walk, commit));
        } catch (IOException e) {
            throw new UncheckedIOException("the policy's repository cannot be read", e);
        }
    }

    private static RevCommit commit(RevWalk walk, GitCommit commit) throws IOException {
        return walk.parseCommit(ObjectId.fromString(commit.hex()));
    }

    /**
     * Moves {@code main} to a commit that continues it; does nothing if it is there.
     *
     * @throws IllegalStateException if the commit does not continue it
     */
    public void moveMain(GitCommit to) {
        try {
            locked(() -> {
                if (!main().equals(to)) {
                    RefUpdate update = git.updateRef(MAIN);
                    update.setNewObjectId(ObjectId.fromString(to.hex()));
                    update.setForceUpdate(false);
                    require(update.update(), MAIN);
                }
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the policy's repository cannot be written", e);
        }
    }

    /** The newest commits of {@code main}. */
    public List<Commit> history(int most) {
        List<Commit> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(git)) {
            walk.markStart(commit(walk, main()));
            for (RevCommit commit = walk.next(); commit != null && commits.size() < most; commit = walk.next()) {
                commits.add(describe(commit));
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException("the policy's repository cannot be read", e);
        }
    }

    private static Commit describe(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(
                new GitCommit(commit.name()),
                author.getName(),
                author.getWhenAsInstant().toEpochMilli(),
                commit.getShortMessage());
    }

    private static void require(RefUpdate.Result result, String ref) throws IOException {
        switch (result) {
            case NEW, FAST_FORWARD, NO_CHANGE, FORCED -> {}
            case REJECTED, REJECTED_CURRENT_BRANCH ->
                throw new IllegalStateException(ref + " would not continue what it is");
            default -> throw new IOException(ref + " cannot be moved: " + result);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, java.io.IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
