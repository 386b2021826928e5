package io.strongroom.server.policy.repository;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.GitCommit;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.server.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * Takes one push after the other. Who pushes may be hostile: its size, its objects, its names and each of its commits are
 * checked before a branch moves, and the bundle of each branch's head is validated and tested. What is wrong is told in
 * git's own answer for the branch, and all of it in messages beside.
 */
final class Push {
    /** Most bytes of a push. */
    static final long MAX_BYTES = 20L << 20;

    /** Largest object; a bundle's file has at most half. */
    private static final long MAX_OBJECT_BYTES = 2L << 20;

    private static final long MAX_COMMAND_BYTES = 64 << 10;
    private static final int COPY_BYTES = 64 << 10;
    private static final int MAX_BRANCHES = 10;
    private static final int MAX_COMMITS = 200;
    private static final int MAX_TOLD = 50;
    private static final int MAX_REASON = 300;
    private static final Pattern BRANCH =
            Pattern.compile("refs/heads/(proposals/[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)");

    /** How the name of a file begins that holds a push as it arrives. */
    static final String ARRIVING = "push-";

    private final Path arrivals;
    private final PolicyRepository repository;
    private final BundleCheck check;
    private final Proposing proposing;

    /** @param arrivals the folder for what is arriving; what a killed process left there, the next one removes */
    Push(Path arrivals, PolicyRepository repository, BundleCheck check, Proposing proposing) {
        this.arrivals = arrivals;
        this.repository = repository;
        this.check = check;
        this.proposing = proposing;
    }

    /**
     * Receives what git sends, and answers as git expects. All of it has arrived before anything waits for it: who sends
     * slowly keeps nobody else from pushing.
     */
    void receive(Actor actor, InputStream in, OutputStream out) throws IOException {
        Path arrived = Files.createTempFile(arrivals, ARRIVING, ".new");
        try {
            keep(in, arrived);
            try (InputStream whole = new BufferedInputStream(Files.newInputStream(arrived))) {
                judgeArrived(actor, whole, out);
            }
        } finally {
            Files.deleteIfExists(arrived);
        }
    }

    /** What is longer than a push may be is cut, and refused when it is unpacked. */
    private static void keep(InputStream in, Path file) throws IOException {
        byte[] some = new byte[COPY_BYTES];
        long left = MAX_BYTES + MAX_COMMAND_BYTES;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(some); n > 0; n = in.read(some, 0, (int) Math.min(left, COPY_BYTES))) {
                out.write(some, 0, n);
                left -= n;
            }
        }
    }

    private void judgeArrived(Actor actor, InputStream in, OutputStream out) throws IOException {
        repository.locked(() -> {
            Set<Path> before = packs();
            ReceivePack receiving = receivePack(actor);
            boolean[] read = {false};
            boolean[] moved = {false};
            receiving.setPreReceiveHook((pack, commands) -> {
                read[0] = true;
                judge(actor, pack, commands);
            });
            receiving.setPostReceiveHook((pack, commands) -> moved[0] = !commands.isEmpty());
            try {
                receiving.receive(in, out, null);
            } catch (UnpackException e) {
                // The answer says so already.
                Throwable cause = e.getCause() == null ? e : e.getCause();
                proposing.refused(actor, "", reason("the pack is refused: " + cause.getMessage()));
            } catch (IOException e) {
                if (read[0]) {
                    throw e;
                }
                proposing.refused(actor, "", reason("the request is not git's: " + e.getMessage()));
                // Who does not ask in git's form does not read an answer in it.
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER, "The request is not what git sends for a push.");
            } finally {
                if (!moved[0]) {
                    forgetSince(before);
                }
            }
            repository.backUp();
            return true;
        });
    }

    /** What a client is told before it pushes. */
    ReceivePack receivePack(Actor actor) {
        ReceivePack receiving = new ReceivePack(repository.git());
        receiving.setBiDirectionalPipe(false);
        receiving.setCheckReceivedObjects(true);
        receiving.setObjectChecker(new ObjectChecker().setSafeForMacOS(true).setSafeForWindows(true));
        receiving.setMaxPackSizeLimit(MAX_BYTES);
        receiving.setMaxObjectSizeLimit(MAX_OBJECT_BYTES);
        receiving.setMaxCommandBytes(MAX_COMMAND_BYTES);
        receiving.setAllowNonFastForwards(true);
        receiving.setAllowDeletes(true);
        receiving.setAllowPushOptions(false);
        receiving.setPreReceiveHook((pack, commands) -> judge(actor, pack, commands));
        return receiving;
    }

    // --- Judging what was pushed

    private void judge(Actor actor, ReceivePack pack, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            if (command.getResult() == Result.NOT_ATTEMPTED) {
                judge(actor, pack, command, commands.size());
            }
        }
    }

    private void judge(Actor actor, ReceivePack pack, ReceiveCommand command, int branches) {
        try {
            var branch = BRANCH.matcher(command.getRefName());
            if (branches > MAX_BRANCHES) {
                refuse(actor, command, "a push has at most " + MAX_BRANCHES + " branches");
            } else if (command.getRefName().equals(PolicyRepository.MAIN)) {
                refuse(actor, command, "main moves by activation only; push proposals/<name>");
            } else if (!branch.matches()) {
                refuse(actor, command, "push proposals/<name> only; a name has 1 to 64 of a-z 0-9 -");
            } else if (command.getType() == ReceiveCommand.Type.DELETE) {
                refuse(actor, command, "a proposal is withdrawn, never deleted");
            } else {
                Optional<String> refusal = proposing.refusal(actor, branch.group(1));
                if (refusal.isPresent()) {
                    refuse(actor, command, refusal.get());
                } else {
                    accept(actor, pack, command, branch.group(1));
                }
            }
        } catch (InvalidBundleException e) {
            tell(pack, "", e.faults());
            refuse(actor, command, summary(e.faults()));
        } catch (IOException e) {
            refuse(actor, command, "what was pushed cannot be read");
        }
    }

    private void accept(Actor actor, ReceivePack pack, ReceiveCommand command, String branch) throws IOException {
        BundleCheck.Checked checked;
        try (RevWalk walk = new RevWalk(repository.git())) {
            CommitFiles files = new CommitFiles(walk.getObjectReader());
            RevCommit head = walk.parseCommit(command.getNewId());
            checkNewCommits(files, head);
            checked = check.check(files.read(head));
        }
        proposing.pushed(
                actor,
                branch,
                new GitCommit(command.getNewId().name()),
                checked.bundle().files().digest());
        pack.sendMessage(branch + ": " + checked.tests().passed() + " tests passed, bundle "
                + checked.bundle().files().digest());
        tell(pack, "warning: ", checked.tests().warnings());
        pack.sendMessage(
                "Now ask for approvals: strongroom policy propose " + branch.substring(branch.indexOf('/') + 1));
    }

    /** All that would become part of the history of main. */
    private void checkNewCommits(CommitFiles files, RevCommit head) throws IOException {
        Repository git = repository.git();
        try (RevWalk walk = new RevWalk(git)) {
            walk.markStart(walk.parseCommit(head));
            for (String known : repository.heads().values()) {
                walk.markUninteresting(walk.parseCommit(git.resolve(known)));
            }
            int commits = 0;
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (++commits > MAX_COMMITS) {
                    throw new InvalidBundleException(List.of(new Fault(
                            "",
                            0,
                            "has more than " + MAX_COMMITS + " new commits",
                            "push fewer at once, or make one of them")));
                }
                files.check(commit);
            }
        }
    }

    // --- Telling

    private void refuse(Actor actor, ReceiveCommand command, String reason) {
        String told = reason(reason);
        command.setResult(Result.REJECTED_OTHER_REASON, told);
        proposing.refused(actor, reason(command.getRefName()), told);
    }

    private static void tell(ReceivePack pack, String as, List<Fault> faults) {
        faults.stream().limit(MAX_TOLD).forEach(fault -> pack.sendMessage(plain(as + fault)));
        if (faults.size() > MAX_TOLD) {
            pack.sendMessage("and " + (faults.size() - MAX_TOLD) + " more");
        }
    }

    private static String summary(List<Fault> faults) {
        Fault first = faults.getFirst();
        String place = first.file().isEmpty() ? "bundle" : first.file() + (first.line() == 0 ? "" : ":" + first.line());
        return place + ": " + first.reason() + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "");
    }

    private static String reason(String text) {
        String plain = plain(text);
        return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON) + "...";
    }

    /** One line that does nothing to a terminal. */
    private static String plain(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    // --- Leaving nothing behind

    private Set<Path> packs() throws IOException {
        Path folder = repository
                .git()
                .getDirectory()
                .toPath()
                .resolve(Constants.OBJECTS)
                .resolve("pack");
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    /** What came with a push of which nothing was accepted is in packs that nothing refers to. */
    private void forgetSince(Set<Path> before) throws IOException {
        Set<Path> now = new HashSet<>(packs());
        now.removeAll(before);
        for (Path file : now) {
            Files.deleteIfExists(file);
        }
    }
}
