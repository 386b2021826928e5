package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import io.strongroom.evidence.approval.PolicyChange;
import picocli.CommandLine.Option;

/** The option that names the commit that an officer looked at: what they say counts for no other. */
final class ReviewedCommit {
    private static final int FEWEST_DIGITS = 8;

    @Option(
            names = "--commit",
            paramLabel = "COMMIT",
            required = true,
            description = "The commit that you reviewed, or its first 8 digits or more: it is said of no other.")
    private String commit = "";

    /**
     * What is proposed, if it is that commit.
     *
     * @throws LaunchException if it is another
     */
    PolicyChange of(OfficerHome home, String proposal) {
        PolicyProposal found = home.call(client -> client.policies().proposal(proposal));
        PolicyChange change =
                found.change().orElseThrow(() -> new LaunchException("the appliance does not say what is proposed"));
        if (commit.length() < FEWEST_DIGITS || !change.commit().hex().startsWith(commit)) {
            throw new LaunchException(
                    "the proposal is now the commit " + change.commit() + ", not " + commit + ": review it again");
        }
        return change;
    }
}
