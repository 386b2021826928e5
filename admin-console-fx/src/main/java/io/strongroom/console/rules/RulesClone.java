package io.strongroom.console.rules;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.CreateBranchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.RebaseCommand;
import org.eclipse.jgit.api.RebaseResult;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;

/**
 * A clone of an appliance's rules, in a folder of its own: {@code main} as the appliance has it, and drafts, each on a
 * branch {@code proposals/<name>}. Thread-safe: whoever changes the folder has it alone, and nobody waits there for the
 * appliance.
 */
public final class RulesClone implements AutoCloseable {
    /** Where drafts are. */
    public static final String DRAFTS = "proposals/";

    static final String MAIN = "main";
    private static final int LARGEST_PUSH = 32 << 20;

    private final Git git;
    private final RulesFiles files;
    private final RulesRemote remote;

    /** Held by whoever reads or changes the working folder. */
    private final Object alone = new Object();

    private RulesClone(Path folder, Git git) {
        this.git = git;
        this.files = new RulesFiles(folder, git.getRepository(), alone);
        this.remote = new RulesRemote(git);
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
            RulesRemote.describe(config, appliance);
            config.setInt("http", null, "postBuffer", LARGEST_PUSH);
            config.setString("core", null, "autocrlf", "false");
            config.setString("core", null, "hooksPath", "/dev/null");
            config.save();
            return new RulesClone(folder, git);
        } catch (IOException | GitAPIException e) {
            throw RulesException.of("rules.open", e);
        }
    }

    /** Its files. */
    public RulesFiles files() {
        return files;
    }

    /** Whether the appliance's main was ever fetched. */
    public boolean knowsMain() {
        return remote.knownMain() != null;
    }

    // --- With the appliance

    /** Brings what is new from the appliance, and main up to it. */
    public void fetch(Connection.Passage passage) {
        remote.fetch(passage);
        followMain();
    }

    private void followMain() {
        alone("rules.fetch", () -> {
            ObjectId main = remote.main();
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
        });
    }

    /** The files of main as the appliance has it. */
    public Map<String, byte[]> filesOfMain() {
        return files.of(remote.main());
    }

    /**
     * Pushes the draft that is checked out; takes the place of what this clone knows to be there, and of nothing that
     * somebody else pushed meanwhile.
     */
    public void push(Connection.Passage passage) {
        String branch = reading(this::branch);
        remote.push(Constants.R_HEADS + branch, branch, passage);
    }

    /**
     * Pushes a draft that brings the files of an older commit back on top of main; the working folder stays as it is.
     *
     * @param commit whose files
     */
    public void pushBack(String commit, String draft, String message, PersonIdent author, Connection.Passage passage) {
        remote.push(remote.back(commit, message, author).name(), DRAFTS + draft, passage);
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
            files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
            changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
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

    public State state() {
        return reading(() -> {
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
            return new State(branch(), drafts, files.read().keySet(), changed, apart[0], apart[1]);
        });
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
            RevCommit theirs = walk.parseCommit(remote.main());
            return new int[] {
                RevWalkUtils.count(walk, mine, theirs), RevWalkUtils.count(walk, theirs, mine),
            };
        }
    }

    // --- Drafts

    /** Begins a draft on top of main, and checks it out. */
    public void begin(String draft) {
        alone("rules.write", () -> {
            requireClean();
            if (git.getRepository().findRef(Constants.R_HEADS + DRAFTS + draft) != null) {
                throw new RulesException("rules.exists", draft);
            }
            git.checkout()
                    .setCreateBranch(true)
                    .setName(DRAFTS + draft)
                    .setStartPoint(remote.main().name())
                    .setUpstreamMode(CreateBranchCommand.SetupUpstreamMode.NOTRACK)
                    .call();
        });
    }

    /** Checks a draft out, or main. */
    public void check(String branch) {
        alone("rules.open", () -> {
            requireClean();
            git.checkout().setName(branch).call();
        });
    }

    private void requireClean() throws GitAPIException {
        if (!git.status().call().isClean()) {
            throw new RulesException("workspace.why.dirty");
        }
    }

    /** Puts every file back to how it was committed. */
    public void discard() {
        alone("rules.write", () -> {
            git.reset().setMode(ResetCommand.ResetType.HARD).call();
            git.clean().setCleanDirectories(true).setForce(true).call();
        });
    }

    /** Commits everything; nothing where nothing changed. */
    public void commit(String message, PersonIdent author) {
        alone("rules.write", () -> {
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
        });
    }

    /** Puts the draft on top of main. */
    public void follow() {
        alone("rules.write", () -> {
            requireClean();
            RebaseResult result = git.rebase().setUpstream(remote.main()).call();
            if (!result.getStatus().isSuccessful()) {
                git.rebase().setOperation(RebaseCommand.Operation.ABORT).call();
                throw new RulesException(
                        "rules.conflict",
                        String.join(", ", Objects.requireNonNullElse(result.getConflicts(), List.of())));
            }
        });
    }

    // --- One at a time

    private interface Reading<T> {
        T read() throws IOException, GitAPIException;
    }

    private interface Change {
        void make() throws IOException, GitAPIException;
    }

    private <T> T reading(Reading<T> reading) {
        synchronized (alone) {
            try {
                return reading.read();
            } catch (IOException | GitAPIException e) {
                throw RulesException.of("rules.read", e);
            }
        }
    }

    private void alone(String failure, Change change) {
        synchronized (alone) {
            try {
                change.make();
            } catch (IOException | GitAPIException e) {
                throw RulesException.of(failure, e);
            }
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
