package io.strongroom.console.rules;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.policies.bundle.BundleFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.api.CreateBranchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.RebaseCommand;
import org.eclipse.jgit.api.RebaseResult;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefLeaseSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A clone of an appliance's rules, in a folder of its own: {@code main} as the appliance has it, and drafts, each on a
 * branch {@code proposals/<name>}. One call at a time.
 */
public final class RulesClone implements AutoCloseable {
    /** Where drafts are. */
    public static final String DRAFTS = "proposals/";

    private static final String MAIN = "main";
    private static final String REMOTE = "origin";
    private static final String REMOTE_MAIN = Constants.R_REMOTES + REMOTE + "/" + MAIN;
    private static final int LARGEST_PUSH = 32 << 20;

    private final Path folder;
    private final Git git;

    private RulesClone(Path folder, Git git) {
        this.folder = folder;
        this.git = git;
    }

    /** Opens the clone in this folder, which is made where there is none; it then knows nothing until it is fetched. */
    public static RulesClone open(Path folder, Appliance appliance) {
        OwnGitSettings.use();
        try {
            Files.createDirectories(folder);
            Git git = Files.isDirectory(folder.resolve(Constants.DOT_GIT))
                    ? Git.open(folder.toFile())
                    : Git.init()
                            .setDirectory(folder.toFile())
                            .setInitialBranch(MAIN)
                            .call();
            StoredConfig config = git.getRepository().getConfig();
            config.setString(
                    "remote",
                    REMOTE,
                    "url",
                    appliance.address().resolve("/policy.git").toString());
            config.setString("remote", REMOTE, "fetch", "+refs/heads/*:refs/remotes/" + REMOTE + "/*");
            config.setInt("http", null, "postBuffer", LARGEST_PUSH);
            config.setString("core", null, "autocrlf", "false");
            config.setString("core", null, "hooksPath", "/dev/null");
            config.save();
            return new RulesClone(folder, git);
        } catch (IOException | GitAPIException e) {
            throw failed("rules.open", e);
        }
    }

    /** Where the files are. */
    public Path folder() {
        return folder;
    }

    /** Brings what is new from the appliance, and main up to it. */
    public synchronized void fetch(Connection.Passage passage) {
        try {
            PinnedGit.prepare(git.fetch().setRemote(REMOTE).setRemoveDeletedRefs(true), passage)
                    .call();
            ObjectId main = main();
            boolean fresh = git.getRepository().resolve(Constants.HEAD) == null;
            if (fresh || branch().equals(MAIN)) {
                git.reset()
                        .setMode(ResetCommand.ResetType.HARD)
                        .setRef(main.name())
                        .call();
            } else {
                git.branchCreate()
                        .setName(MAIN)
                        .setStartPoint(main.name())
                        .setForce(true)
                        .setUpstreamMode(CreateBranchCommand.SetupUpstreamMode.NOTRACK)
                        .call();
            }
        } catch (IOException | GitAPIException e) {
            throw failed("rules.fetch", e);
        }
    }

    private ObjectId main() throws IOException {
        ObjectId main = git.getRepository().resolve(REMOTE_MAIN);
        if (main == null) {
            throw new RulesException("rules.nomain");
        }
        return main;
    }

    // --- What there is

    /**
     * How it stands.
     *
     * @param branch what is checked out
     * @param drafts all drafts, without their folder
     * @param files of the working folder, by path
     * @param changed those that are not as they were committed
     * @param ahead commits of this draft that main does not have
     * @param behind commits of main that it does not have
     */
    public record State(
            String branch, List<String> drafts, Set<String> files, Set<String> changed, int ahead, int behind) {
        public State {
            drafts = List.copyOf(drafts);
            files = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(files));
            changed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        }

        /** Whether a draft is checked out; main itself is not changed. */
        public boolean isDraft() {
            return branch.startsWith(DRAFTS);
        }

        /** The draft's name without its folder; empty on main. */
        public String draft() {
            return isDraft() ? branch.substring(DRAFTS.length()) : "";
        }
    }

    public synchronized State state() {
        try {
            List<String> drafts = new ArrayList<>();
            for (Ref ref : git.branchList().call()) {
                String name = ref.getName().substring(Constants.R_HEADS.length());
                if (name.startsWith(DRAFTS)) {
                    drafts.add(name.substring(DRAFTS.length()));
                }
            }
            Status status = git.status().call();
            Set<String> changed = new TreeSet<>(status.getUncommittedChanges());
            changed.addAll(status.getUntracked());
            int[] apart = apart();
            return new State(branch(), drafts, files().keySet(), changed, apart[0], apart[1]);
        } catch (IOException | GitAPIException e) {
            throw failed("rules.read", e);
        }
    }

    private String branch() throws IOException {
        return Objects.requireNonNullElse(git.getRepository().getBranch(), MAIN);
    }

    private int[] apart() throws IOException {
        ObjectId head = git.getRepository().resolve(Constants.HEAD);
        if (head == null) {
            return new int[2];
        }
        try (RevWalk walk = new RevWalk(git.getRepository())) {
            RevCommit mine = walk.parseCommit(head);
            RevCommit theirs = walk.parseCommit(main());
            return new int[] {
                RevWalkUtils.count(walk, mine, theirs), RevWalkUtils.count(walk, theirs, mine),
            };
        }
    }

    /** The files in the working folder. */
    public synchronized Map<String, byte[]> files() {
        try {
            return BundleFolder.read(folder);
        } catch (IOException e) {
            throw failed("rules.read", e);
        }
    }

    /** The files of main as the appliance has it. */
    public synchronized Map<String, byte[]> filesOfMain() {
        try {
            return files(main());
        } catch (IOException e) {
            throw failed("rules.read", e);
        }
    }

    /** The files of a commit that was fetched. */
    public synchronized Map<String, byte[]> filesOf(String commit) {
        try {
            return files(ObjectId.fromString(commit));
        } catch (IOException e) {
            throw failed("rules.read", e);
        }
    }

    private Map<String, byte[]> files(ObjectId commit) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (RevWalk walk = new RevWalk(git.getRepository());
                ObjectReader reader = git.getRepository().newObjectReader();
                TreeWalk tree = new TreeWalk(reader)) {
            tree.addTree(walk.parseCommit(commit).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                files.put(tree.getPathString(), reader.open(tree.getObjectId(0)).getBytes());
            }
        }
        return files;
    }

    /** Writes a file of the working folder. */
    public synchronized void write(String path, String text) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder) || file.startsWith(folder.resolve(Constants.DOT_GIT))) {
            throw new RulesException("rules.nofile", path);
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw failed("rules.write", e);
        }
    }

    /** Deletes a file of the working folder. */
    public synchronized void delete(String path) {
        try {
            Files.deleteIfExists(folder.resolve(path));
        } catch (IOException e) {
            throw failed("rules.write", e);
        }
    }

    // --- Drafts

    /** Begins a draft on top of main, and checks it out. */
    public synchronized void begin(String draft) {
        requireClean();
        try {
            if (git.getRepository().findRef(Constants.R_HEADS + DRAFTS + draft) != null) {
                throw new RulesException("rules.exists", draft);
            }
            git.checkout()
                    .setCreateBranch(true)
                    .setName(DRAFTS + draft)
                    .setStartPoint(main().name())
                    .setUpstreamMode(CreateBranchCommand.SetupUpstreamMode.NOTRACK)
                    .call();
        } catch (IOException | GitAPIException e) {
            throw failed("rules.write", e);
        }
    }

    /** Checks a draft out, or main. */
    public synchronized void check(String branch) {
        requireClean();
        try {
            git.checkout().setName(branch).call();
        } catch (GitAPIException e) {
            throw failed("rules.open", e);
        }
    }

    private void requireClean() {
        try {
            if (!git.status().call().isClean()) {
                throw new RulesException("workspace.why.dirty");
            }
        } catch (GitAPIException e) {
            throw failed("rules.read", e);
        }
    }

    /** Puts every file back to how it was committed. */
    public synchronized void discard() {
        try {
            git.reset().setMode(ResetCommand.ResetType.HARD).call();
            git.clean().setCleanDirectories(true).setForce(true).call();
        } catch (GitAPIException e) {
            throw failed("rules.write", e);
        }
    }

    /** Commits everything; nothing where nothing changed. */
    public synchronized void commit(String message, PersonIdent author) {
        try {
            git.add().addFilepattern(".").call();
            git.add().setUpdate(true).addFilepattern(".").call();
            if (!git.status().call().isClean()) {
                git.commit()
                        .setMessage(message)
                        .setAuthor(author)
                        .setCommitter(author)
                        .setNoVerify(true)
                        .call();
            }
        } catch (GitAPIException e) {
            throw failed("rules.write", e);
        }
    }

    /** Puts the draft on top of main. */
    public synchronized void follow() {
        requireClean();
        try {
            RebaseResult result = git.rebase().setUpstream(main()).call();
            if (!result.getStatus().isSuccessful()) {
                git.rebase().setOperation(RebaseCommand.Operation.ABORT).call();
                throw new RulesException(
                        "rules.conflict",
                        String.join(", ", Objects.requireNonNullElse(result.getConflicts(), List.of())));
            }
        } catch (IOException | GitAPIException e) {
            throw failed("rules.write", e);
        }
    }

    /**
     * Pushes the draft that is checked out; takes the place of what this clone knows to be there, and of nothing that
     * somebody else pushed meanwhile.
     */
    public synchronized void push(Connection.Passage passage) {
        try {
            String branch = branch();
            push(Constants.R_HEADS + branch, branch, passage);
        } catch (IOException e) {
            throw failed("rules.push", e);
        }
    }

    private void push(String what, String branch, Connection.Passage passage) {
        try {
            String target = Constants.R_HEADS + branch;
            ObjectId known = git.getRepository().resolve(Constants.R_REMOTES + REMOTE + "/" + branch);
            String expected = (known == null ? ObjectId.zeroId() : known).name();
            Iterable<PushResult> results = PinnedGit.prepare(
                            git.push()
                                    .setRemote(REMOTE)
                                    .setRefSpecs(new RefSpec("+" + what + ":" + target))
                                    .setRefLeaseSpecs(new RefLeaseSpec(target, expected)),
                            passage)
                    .call();
            for (PushResult result : results) {
                for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                    require(update, result.getMessages());
                }
            }
        } catch (IOException | GitAPIException e) {
            throw failed("rules.push", e);
        }
    }

    private static void require(RemoteRefUpdate update, @Nullable String said) {
        switch (update.getStatus()) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_REMOTE_CHANGED -> throw new RulesException("rules.moved");
            default -> {
                String why = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
                throw new RulesException(
                        "rules.refused", why + (said == null || said.isBlank() ? "" : "\n" + said.strip()));
            }
        }
    }

    /**
     * Pushes a draft that brings the files of an older commit back on top of main; the working folder stays as it is.
     *
     * @param commit whose files
     */
    public synchronized void pushBack(
            String commit, String draft, String message, PersonIdent author, Connection.Passage passage) {
        try (RevWalk walk = new RevWalk(git.getRepository());
                ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            CommitBuilder made = new CommitBuilder();
            made.setTreeId(walk.parseCommit(ObjectId.fromString(commit)).getTree());
            made.setParentId(main());
            made.setAuthor(author);
            made.setCommitter(author);
            made.setMessage(message);
            made.setEncoding(StandardCharsets.UTF_8);
            ObjectId back = inserter.insert(made);
            inserter.flush();
            push(back.name(), DRAFTS + draft, passage);
        } catch (IOException e) {
            throw failed("rules.write", e);
        }
    }

    private static RulesException failed(String key, Exception why) {
        Throwable cause = why;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        RulesException failed = new RulesException(key, said);
        failed.initCause(why);
        return failed;
    }

    @Override
    public synchronized void close() {
        git.close();
    }
}
