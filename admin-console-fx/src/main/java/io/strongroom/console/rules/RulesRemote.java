package io.strongroom.console.rules;

import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefLeaseSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The appliance's repository, as a clone knows it: fetching from it and pushing to it. It touches no working folder, so
 * nobody who writes there waits for the appliance. One call at a time.
 */
final class RulesRemote {
    private static final String REMOTE = "origin";
    private static final String BRANCHES = Constants.R_REMOTES + REMOTE + "/";

    private final Git git;

    RulesRemote(Git git) {
        this.git = git;
    }

    /** Says in a clone's settings where the appliance is. */
    static void describe(StoredConfig config, Appliance appliance) {
        config.setString(
                "remote",
                REMOTE,
                "url",
                appliance.address().resolve("/policy.git").toString());
        config.setString("remote", REMOTE, "fetch", "+refs/heads/*:" + BRANCHES + "*");
    }

    /** Main as it was fetched last; null before that. */
    @Nullable
    ObjectId knownMain() {
        try {
            return git.getRepository().resolve(BRANCHES + RulesClone.MAIN);
        } catch (IOException e) {
            throw RulesException.of("rules.read", e);
        }
    }

    /** Main as it was fetched last. */
    ObjectId main() {
        ObjectId main = knownMain();
        if (main == null) {
            throw new RulesException("rules.nomain");
        }
        return main;
    }

    /** Brings what is new. */
    synchronized void fetch(Connection.Passage passage) {
        try {
            PinnedGit.prepare(git.fetch().setRemote(REMOTE).setRemoveDeletedRefs(true), passage)
                    .call();
        } catch (GitAPIException e) {
            throw RulesException.of("rules.fetch", e);
        }
    }

    /**
     * Pushes a commit or a branch; takes the place of what is known to be there, and of nothing that somebody else pushed
     * meanwhile.
     */
    synchronized void push(String what, String branch, Connection.Passage passage) {
        try {
            String target = Constants.R_HEADS + branch;
            ObjectId known = git.getRepository().resolve(BRANCHES + branch);
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
            throw RulesException.of("rules.push", e);
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

    /** A commit on top of main with the files of an older one. */
    ObjectId back(String commit, String message, PersonIdent author) {
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
            return back;
        } catch (IOException e) {
            throw RulesException.of("rules.write", e);
        }
    }
}
