package io.strongroom.installer;

import io.strongroom.api.CommentRequest;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PolicyChange;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy comment}: says something of a proposal, or asks for changes and says why. */
@Command(
        name = "comment",
        description = "Says something of a proposal: of all of it, of a file, or of a line.",
        mixinStandardHelpOptions = true)
final class PolicyCommentCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What you say, at most 4,000 characters.")
    private String text = "";

    @Mixin
    private ReviewedCommit reviewed = new ReviewedCommit();

    @Option(names = "--file", paramLabel = "FILE", description = "The file of the commit that it is about.")
    private @Nullable String file;

    @Option(names = "--line", paramLabel = "N", description = "The line of the file, from 1.")
    private int line;

    @Option(
            names = "--request-changes",
            description = "Ask for changes: signs a rejection, which holds the commit back until you take it back.")
    private boolean requestChanges;

    @Mixin
    private OfficersSignature signature = new OfficersSignature();

    @Override
    public Integer call() {
        if (line < 0 || line > 0 && file == null) {
            throw new LaunchException("--line is a line of a file, from 1: name the --file, too");
        }
        OfficerHome home = OfficerHome.current();
        PolicyChange change = reviewed.of(home, name);
        CommentRequest request = request(change);
        CommentRequest whole = requestChanges
                ? request.rejecting(signature.sign(home, change, Decision.REJECT, Approval.LONGEST))
                : request;
        home.call(client -> client.policies().comment(name, whole));
        System.out.println((requestChanges ? "Asked for changes of " : "Said of ") + change.proposal() + ", commit "
                + change.commit());
        return 0;
    }

    private CommentRequest request(PolicyChange change) {
        CommentRequest request = CommentRequest.of(text, change.commit().hex());
        if (file == null) {
            return request;
        }
        return line == 0 ? request.in(file) : request.in(file, line);
    }
}
